// @ts-check
// The index of all listed groups: a head, which names planes, and the planes, each fetched when it is needed and once.
// src/export/finder tells what is in them. Inside, groups go by their numbers in the index.

/**
 * @typedef {{name: string, label: string, values: {key: string, label: string, groups: number}[]}} Facet
 * @typedef {(path: string) => Promise<Uint8Array>} Read Gives a file of the site by its path from the site's root.
 * @typedef {{version: number, groups: number, facets: [string, string, [string, string, number][]][], kinds: string[], states: [string, string][],
 *   table?: string, rows?: any[][], blocks?: [number, string][], text: [string, string][], vocabulary: string,
 *   times?: [number, string][], places?: string, stop: string[]}} Head
 * @typedef {{starts: number[], codes: number[]}} Column Where the values of each meeting start: each is its number, from 1, or
 *   0 for none, doubled, and 1 more if another follows.
 * @typedef {{rank: number[], groupOf: number[], columns: Column[]}} Table `groupOf` each meeting; the columns are those of the head's facets.
 * @typedef {<T>(name: string | undefined, decode: (bytes: Uint8Array, head: Head) => T) => Promise<T>} Plane
 * @typedef {{first: number, said: string, head: Head, plane: Plane}} Edition The index as it was published once. `first`: what
 *   its first group is called outside; no group of another edition is called the same.
 * @typedef {{groups: number, facets: Facet[], edition: Edition, read: Read}} Index
 *   `facets` is another list when the site was published anew.
 * @typedef {{id: number, title: string, slug: string, when: string, where: string, format: string, kind: string, state: {key: string, words: string} | null}} Row
 */

const text = new TextDecoder();
export const json = (/** @type {Uint8Array} */ bytes) => JSON.parse(text.decode(bytes));

/** A file's bytes, unpacked if its host has not done so. @returns {Promise<Uint8Array>} */
async function unpack(/** @type {any} */ bytes) {
  if (`${bytes.subarray(0, 3)}` !== "31,139,8") return bytes;
  const unpacked = /** @type {any} */ (new Response(bytes).body).pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

/** JSON as text, and the bytes that follow it. @returns {[string, Uint8Array]} */
export function headed(/** @type {Uint8Array} */ bytes) {
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return [text.decode(bytes.subarray(4, end)), bytes.subarray(end)];
}

/** What gives one byte, and one number, after another. */
export function reader(/** @type {Uint8Array} */ bytes) {
  let at = 0;
  const byte = () => bytes[at++];
  /** @returns {number} */
  const next = () => {
    const low = byte();
    return low < 128 ? low : low - 128 + 128 * next();
  };
  return { byte, next };
}

/** Terms in order, each told by how it differs from the one before. */
function terms(/** @type {ReturnType<typeof reader>} */ { byte, next }) {
  /** @type {number[]} */
  const all = [];
  let before = 0;
  for (let left = next(); left--; ) {
    const start = all.length;
    for (let shared = next(); shared--; ) all.push(all[before++]);
    for (let own = next(); own--; ) all.push(byte());
    all.push(10);
    before = start;
  }
  return text.decode(new Uint8Array(all)).split("\n").slice(0, -1);
}

export const vocabulary = (/** @type {Uint8Array} */ bytes) => terms(reader(bytes));

/** Terms, each with its groups: their numbers times 4, and how much the term says of them. */
export function shard(/** @type {Uint8Array} */ bytes) {
  const from = reader(bytes);
  const all = terms(from).map((term) => ({ term, groups: Array(from.next()) }));
  for (const { groups } of all) {
    let last = -4;
    for (let at = 0; at < groups.length; at++) {
      const step = from.next();
      groups[at] = last + step;
      last += step & ~3;
    }
  }
  return all;
}

/** @returns {Table} */
export function table(/** @type {Uint8Array} */ bytes, /** @type {Head} */ { groups, facets }) {
  const { next } = reader(bytes);
  const all = [...Array(groups).keys()];
  let place = 0;
  const rank = all.map(() => {
    const step = next();
    return (place += step & 1 ? -(step + 1) / 2 : step / 2);
  });
  const groupOf = all.map((group) => Array(next()).fill(group)).flat();
  const columns = facets.map(([name]) => {
    const ofMeeting = /^(day|time|format|region|city|accessibility)$/.test(name);
    /** @type {number[]} */
    const codes = [];
    const starts = (ofMeeting ? groupOf : all).map(() => {
      const start = codes.length;
      while (codes.push(next()) && codes[codes.length - 1] & 1);
      return start;
    });
    return { codes, starts: ofMeeting ? starts : groupOf.map((group) => starts[group]) };
  });
  return { rank, groupOf, columns };
}

/** Opens what is published now. An index that has been open keeps its edition if that is still it. */
async function renew(/** @type {Index} */ index) {
  const { read } = index;
  const [said, rest] = headed(await unpack(await read("groups/finder.bin")));
  if (said === index.edition?.said) return;
  /** @type {Head} */
  const head = JSON.parse(said);
  if (head.version !== 1) throw Error("finder.bin");
  /** @type {Map<any, Promise<any>>} */
  const planes = new Map();
  /** @type {Plane} */
  const plane = (name, decode) => {
    const key = name ?? decode;
    if (!planes.has(key)) {
      // What has no name follows the head.
      const whole = name ? read(`assets/finder/${name}.bin`).then(unpack) : Promise.resolve(rest);
      planes.set(key, whole.then((bytes) => decode(bytes, head)));
      planes.get(key)?.catch(() => planes.delete(key));
    }
    return /** @type {Promise<any>} */ (planes.get(key));
  };
  index.groups = head.groups;
  index.facets = head.facets.map(([name, label, values]) => ({ name, label, values: values.map(([key, label, groups]) => ({ key, label, groups })) }));
  index.edition = { first: (index.edition?.first ?? -1e6) + 1e6, said, head, plane };
}

/** @returns {Promise<Index>} */
export async function open(/** @type {Read} */ read) {
  const index = /** @type {Index} */ ({ read });
  await renew(index);
  return index;
}

/**
 * Does work on one edition from beginning to end. Where it fails, since the site was published anew and a plane is gone,
 * opens the index again and does the work once more.
 * @template T @param {Index} index @param {(edition: Edition) => Promise<T>} work @returns {Promise<T>}
 */
export async function lasting(index, work) {
  const { edition } = index;
  try {
    return await work(edition);
  } catch {
    if (index.edition === edition) await renew(index);
    return work(index.edition);
  }
}

/** What a list shows of groups. Fails for groups of an edition that is no more; then find them again. @returns {Promise<Row[]>} */
export const rows = (/** @type {Index} */ index, /** @type {number[]} */ ids) =>
  lasting(index, ({ head, first, plane }) =>
    Promise.all(ids.map(async (id) => {
      let at = id - first;
      const block = head.blocks?.find(([count]) => (at -= count) < 0);
      /** @type {any[][]} */
      const all = block ? await plane(block[1], json) : head.rows;
      // In a block it is counted from the end.
      const [title, slug, when, where, format, kind, state] = /** @type {any[]} */ (all.at(at));
      const [key, words] = head.states[state - 1] ?? [];
      return {
        id, title, slug: slug || title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, ""), when: when || "", where: where || "",
        format: ["", "in-person", "online", "hybrid"][format || 0], kind: head.kinds[kind || 0], state: key ? { key, words } : null,
      };
    })));

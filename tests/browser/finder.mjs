// A finder's index made by hand, for what no built site has: in the form that src/export/finder tells, of groups that a
// test names. It is the smallest that can be read, not the one that a build would write.
import { gzipSync } from "node:zlib";
import { fold } from "../../themes/default/js/finder/words.js";

const OF_MEETINGS = ["day", "time", "format", "region", "city", "accessibility"];
const OF_GROUPS = ["kind", "topic"];

const number = (/** @type {number} */ value) => {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return [...bytes, value];
};

/** A term of each word, and of Chinese each pair of letters and the last letter. */
const termsOf = (text) => (fold(text).match(/\p{Script=Han}+|[^\s\p{Script=Han}]+/gu) ?? []).flatMap((run) => {
  if (!/\p{Script=Han}/u.test(run)) return [run];
  const letters = [...run];
  return [...letters.slice(1).map((letter, at) => letters[at] + letter), letters.at(-1)];
});

/** Terms, each as what it shares with the one before and what follows. */
function fronted(terms) {
  let before = Buffer.of();
  const parts = terms.map((term) => {
    const bytes = Buffer.from(term);
    let shared = 0;
    while (shared < before.length && before[shared] === bytes[shared]) shared++;
    before = bytes;
    return [...number(shared), ...number(bytes.length - shared), ...bytes.subarray(shared)];
  });
  return [...number(terms.length), ...parts.flat()];
}

/** Each term's groups, and the highest class that it has in each. */
function postings(groups) {
  const found = new Map();
  groups.forEach(({ title, topics = "", facts = "", body = "" }, group) => {
    [body, facts, topics, title].forEach((text, level) => {
      for (const term of termsOf(text)) {
        if (!found.has(term)) found.set(term, new Map());
        found.get(term).set(group, level);
      }
    });
  });
  return [...found].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function shard(terms) {
  const lists = terms.flatMap(([, groups]) => {
    let last = -1;
    return [...groups].flatMap(([group, level]) => {
      const step = group - last;
      last = group;
      return number(step * 4 + level);
    });
  });
  return [...fronted(terms.map(([term]) => term)), ...terms.flatMap(([, groups]) => number(groups.size)), ...lists];
}

function facetsOf(groups, meetings) {
  return [...OF_GROUPS, ...OF_MEETINGS].flatMap((name) => {
    const isOfGroup = OF_GROUPS.includes(name);
    const all = isOfGroup ? groups : meetings.flat();
    const keys = [...new Set(all.flatMap((one) => one[name] ?? []))].sort();
    const has = (group, at, key) => (isOfGroup ? [group] : meetings[at]).some((one) => one[name]?.includes(key));
    const values = keys.map((key) => [key, key.toUpperCase(), groups.filter((group, at) => has(group, at, key)).length]);
    return keys.length ? [{ head: [name, name, values], all: all.map((one) => (one[name] ?? []).map((key) => keys.indexOf(key)).sort((a, b) => a - b)) }] : [];
  });
}

function placesOf(groups, meetings, towns) {
  const points = [];
  const steps = [];
  const of = meetings.flat().map(({ point }) => {
    if (!point) return -1;
    const [north, east] = point.map((degrees) => Math.round(degrees * 1000));
    const known = points.findIndex((one) => one[0] === north && one[1] === east);
    if (known >= 0) return known;
    const last = points.at(-1) ?? [0, 0];
    steps.push(north - last[0], east - last[1]);
    return points.push([north, east]) - 1;
  });
  return { towns, points: steps, of };
}

/** JSON with its length before it, and what follows. */
function headed(value, rest) {
  const json = Buffer.from(JSON.stringify(value));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([length, json, Buffer.from(rest)]);
}

/** Each rule's days and hours, each once; `dates` of a group are its rules and its single meetings. */
function timesOf(groups, zones) {
  const all = groups.map(({ dates: [rules, singles] = [[], []] }) => ({ rules, singles }));
  const rules = all.flatMap((one) => one.rules);
  const halves = [rules.map((rule) => rule.toSpliced(6, 3)), rules.map((rule) => rule.slice(6, 9))];
  const [days, hours] = halves.map((half) => [...new Map(half.map((one) => [`${JSON.stringify(one)}`, one])).values()]);
  const places = halves.flatMap((half, at) => half.flatMap((one) => number([days, hours][at].findIndex((other) => JSON.stringify(other) === JSON.stringify(one)))));
  const dated = all.flatMap((one, group) => (one.singles.length ? [group] : []));
  const singles = dated.map((group, at) => [group - (dated[at - 1] ?? 0), ...all[group].singles.flatMap(([start, ...rest]) => [start - 1000, ...rest])]);
  return headed({ groups: groups.length, zones, days, hours, from: 1000, singles }, [...all.flatMap((one) => number(one.rules.length)), ...places]);
}

/**
 * The files of an index by their paths. A group has `title`, `topics`, `facts`, `body`, lists of keys by the names of
 * facets of groups, `meetings` with those of facets of meetings and a `point`, and `dates`. `prefixes`: of the shards;
 * `edition`: ends the planes' names; `isSmall`: with table and rows in the head.
 */
export function files(groups, { towns = [], stop = [], prefixes = [""], zones = [[0]], edition = "", isSmall = true, packed = true } = {}) {
  const all = {};
  const pack = (bytes) => new Uint8Array(packed ? gzipSync(bytes) : bytes);
  const put = (name, bytes) => {
    all[`assets/finder/${name}${edition}.bin`] = pack(Buffer.from(bytes));
    return name + edition;
  };
  const putJson = (name, value) => put(name, JSON.stringify(value));
  const meetings = groups.map((group) => group.meetings ?? [{}]);
  const facets = facetsOf(groups, meetings);
  const element = (values) => (values.length ? values.flatMap((value, at) => number(((value + 1) << 1) | +(at + 1 < values.length))) : [0]);
  const byName = groups.map((_, at) => at).sort((a, b) => (groups[a].title < groups[b].title ? -1 : 1));
  const places = groups.map((_, at) => byName.indexOf(at));
  const steps = places.flatMap((place, at) => {
    const step = place - (places[at - 1] ?? 0);
    return number(step < 0 ? -2 * step - 1 : 2 * step);
  });
  const table = [...steps, ...meetings.flatMap((own) => number(own.length)), ...facets.flatMap((facet) => facet.all.flatMap(element))];
  const rows = groups.map(({ title, row = [] }) => [title, ...row]);
  const terms = postings(groups).filter(([term]) => !stop.includes(term));
  const home = (term) => prefixes.findLast((prefix) => term.startsWith(prefix));
  const head = {
    version: 1, groups: groups.length, facets: facets.map((facet) => facet.head), kinds: ["A kind", "Another kind"], states: [["open", "2 places free"]],
    ...(isSmall ? { rows } : {
      table: put("table", table),
      blocks: [rows.slice(0, 2), rows.slice(2)].map((block, at) => [block.length, putJson(`rows${at}`, block)]),
    }),
    text: prefixes.map((prefix) => [prefix, put(`text-${prefix}`, shard(terms.filter(([term]) => home(term) === prefix)))]),
    vocabulary: put("vocabulary", fronted(terms.map(([term]) => term))),
    times: groups.some((group) => group.dates)
      ? [groups.slice(0, 2), groups.slice(2)].map((run, at) => [run.length, put(`times${at}`, timesOf(run, zones))]) : undefined,
    places: towns.length || meetings.flat().some(({ point }) => point) ? putJson("places", placesOf(groups, meetings, towns)) : undefined,
    stop,
  };
  all["groups/finder.bin"] = pack(headed(head, isSmall ? table : []));
  return all;
}

/** What reads these files, and the paths that it was asked for. A file that is not there is an error. */
export function reader(files) {
  const asked = [];
  const read = async (path) => {
    asked.push(path);
    if (!files[path]) throw Error(`404 ${path}`);
    return files[path];
  };
  return { read, asked };
}

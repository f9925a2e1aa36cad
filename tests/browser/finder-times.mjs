// How long the finder's engine takes for what a reader does: `node finder-times.mjs FOLDER`, of a built site. Prints a line of
// JSON for each kind of thing, in milliseconds of this processor; planes are there by then, as after a first look. Asserts
// nothing.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { json, open, rows, vocabulary } from "../../themes/default/js/finder/index.js";
import { find, lifts } from "../../themes/default/js/finder/search.js";

const [, , folder] = process.argv;
if (!folder) throw Error("the folder of a built site is missing");

const COUNT = 100;
const ROWS = 20;
/** Of any day the same. */
const now = Math.floor(Date.parse("2026-12-01T12:00:00Z") / 6e4);

/** The same chances in every run (mulberry32). */
let seed = 5;
function chance() {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
const below = (/** @type {number} */ end) => Math.floor(chance() * end);
const one = (/** @type {any[]} */ of) => of[below(of.length)];

const read = async (/** @type {string} */ path) => new Uint8Array(readFileSync(join(folder, path)));
const index = await open(read);
const { head, plane } = index.edition;
const words = (await plane(head.vocabulary, vocabulary)).filter((word) => word.length > 3);
/** @type {[string][]} */
const towns = head.places ? (await plane(head.places, (bytes) => json(bytes))).towns : [];
// Decoded as the engine does it, not as above.
const fresh = await open(read);

function chosen() {
  const all = Array.from({ length: 1 + below(3) }, () => one(fresh.facets));
  return Object.fromEntries(all.map(({ name, values }) => [name, Array.from({ length: 1 + below(2) }, () => one(values).key)]));
}
const begin = (/** @type {string} */ word) => [...word].slice(0, 2 + below(word.length)).join("");
const q = () => Array.from({ length: 1 + below(2) }, () => begin(one(words))).join(" ");
const nothing = { chosen: {}, q: "", near: "", sort: "" };

/** What readers ask for, by what it is called in the table. */
const KINDS = {
  filter: () => ({ ...nothing, chosen: chosen() }),
  query: () => ({ ...nothing, q: q() }),
  "filter and query": () => ({ ...nothing, chosen: chosen(), q: q() }),
  next: () => ({ ...nothing, chosen: below(2) ? chosen() : {}, sort: "next" }),
  near: () => ({ ...nothing, chosen: below(2) ? chosen() : {}, near: one(towns)?.[0] ?? "" }),
  misspelt: () => ({ ...nothing, q: one(words.filter((word) => word.length > 6)).replace(/(...)(.)(.)/, "$1$3$2") }),
  "nothing chosen": () => nothing,
};

const inOrder = (/** @type {number[]} */ times) => times.toSorted((a, b) => a - b);
const round = (/** @type {number} */ time) => Math.round(time * 100) / 100;
function tell(/** @type {string} */ what, /** @type {number[]} */ times) {
  const sorted = inOrder(times);
  console.log(JSON.stringify({ groups: fresh.groups, what, count: times.length, median: round(sorted[sorted.length >> 1]), worst: round(sorted[sorted.length - 1]) }));
}

/** By the process's own time: what else the machine does is not told. */
async function timed(/** @type {() => Promise<any>} */ work) {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e3;
}

/** @type {number[]} */
const all = [];
for (const [what, kind] of Object.entries(KINDS)) {
  const states = Array.from({ length: COUNT }, kind);
  const ask = (/** @type {any} */ state) => find(fresh, state, null, { now });
  tell(`first ${what}`, [await timed(() => ask(states[0]))]);
  for (const state of states) await ask(state);
  const times = [];
  for (const state of states) times.push(await timed(() => ask(state)));
  tell(what, times);
  all.push(...times);
  if (what !== "filter") continue;
  const { ids } = await ask(nothing);
  for (const state of states) await rows(fresh, ids.slice(0, ROWS));
  const lifting = [];
  for (const state of states) lifting.push(await timed(() => lifts(fresh, state, null)));
  tell("lifts", lifting);
}
tell("all", all);

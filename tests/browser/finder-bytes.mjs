// How many bytes of the index a reader's questions fetch: `node finder-bytes.mjs FOLDER`, of a built site. Each begins with
// nothing fetched and shows the first twenty rows. Prints a line of JSON for each; asserts nothing.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { open, rows } from "../../themes/default/js/finder/index.js";
import { find } from "../../themes/default/js/finder/search.js";
import { parse } from "../../themes/default/js/finder/state.js";

const [, , folder] = process.argv;
if (!folder) throw Error("the folder of a built site is missing");

const ROWS = 20;
const now = Date.parse("2026-12-01T12:00:00Z") / 60_000;

/** What is fetched for a question, and how many groups it finds. */
async function ask(fragment) {
  const sizes = new Map();
  const index = await open(async (path) => {
    const bytes = new Uint8Array(readFileSync(join(folder, path)));
    sizes.set(path, bytes.length);
    return bytes;
  });
  const { ids } = await find(index, parse(fragment), null, { now });
  const before = sizes.size;
  await rows(index, ids.slice(0, ROWS));
  const all = [...sizes.values()];
  const sum = (list) => list.reduce((sum, size) => sum + size, 0);
  return { index, ids, files: all.length, data: sum(all.slice(0, before)), rows: sum(all.slice(before)) };
}

const { index } = await ask("");
const towns = index.facets.find(({ name }) => name === "city")?.values ?? [];
const town = towns.toSorted((a, b) => b.groups - a.groups)[0]?.label ?? "Athens";

// Words of benches/corpus: of a topic, of everybody, of some bodies, and one misspelt.
const QUESTIONS = {
  "nothing chosen": "",
  "every filter, with counts": "day=tuesday&format=online",
  "one common word": "q=grief",
  "one word as it is typed": "q=gr",
  "two words": "q=grief+support",
  "two common words": "q=support+group",
  "a rare word": "q=migraine",
  "a long word": "q=caregivers",
  "a misspelt word": "q=anxeity",
  "a word and filters": "day=tuesday&format=online&q=anxiety",
  "next meeting": "sort=next",
  "next meeting, with filters": "day=tuesday&format=online&sort=next",
  "near a town": `near=${encodeURIComponent(town)}`,
  "near a town, with filters": `near=${encodeURIComponent(town)}&day=tuesday`,
};

const base = await ask("day=tuesday&format=online");
for (const [what, fragment] of Object.entries(QUESTIONS)) {
  const { ids, files, data, rows } = await ask(fragment);
  const more = Math.max(0, data - base.data);
  console.log(JSON.stringify({ question: `${what}, #${decodeURIComponent(fragment)}`, found: ids.length, files, "data without rows": data, "of it more than for filters": more, "twenty rows": rows, "in all": data + rows }));
}

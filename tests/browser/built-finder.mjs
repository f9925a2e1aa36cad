// The finder of a site that a build has written, in Node.js: the theme's own script on the files as they lie there.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { open, rows } from "../../themes/default/js/finder/index.js";
import { find } from "../../themes/default/js/finder/search.js";
import { parse } from "../../themes/default/js/finder/state.js";
import { NOW, ROUNDTABLE } from "./site.mjs";

/** What questions are asked at. */
const at = { now: Date.parse(NOW) / 60_000 };

/** Builds a folder's site into another folder. */
export function buildInto(source, output) {
  execFileSync(ROUNDTABLE, ["build", source, "--out", output, "--now", NOW, "--quiet"], { stdio: ["ignore", "inherit", "inherit"] });
}

/**
 * What answers questions about a built site: `ask` takes a fragment and the facet page on which it is asked, and gives
 * slugs, sorted, the counts by facet and value, and what was looked for instead of words that nobody uses.
 */
export async function finder(output) {
  const index = await open(async (path) => new Uint8Array(readFileSync(join(output, path))));
  const { ids } = await find(index, parse(""), null, at);
  const slugs = new Map((await rows(index, ids)).map(({ id, slug }) => [id, slug]));
  const ask = async (fragment, on = null) => {
    const found = await find(index, parse(fragment), on, at);
    const counts = index.facets.map(({ name, values }) => [name, Object.fromEntries(values.map(({ key }, at) => [key, found.counts[name][at]]))]);
    const meant = found.words.filter((word) => word.meant).map(({ typed, meant }) => [typed, meant]);
    return { slugs: found.ids.map((id) => slugs.get(id)).sort(), counts: Object.fromEntries(counts), meant: Object.fromEntries(meant) };
  };
  return { slugs: [...slugs.values()].sort(), ask };
}

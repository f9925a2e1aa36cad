// Two thousand random questions about a site of some five hundred groups: the finder's script must find the groups that
// the oracle finds, and count the same for every value of every facet. tests/suite/search/random.rs makes site and answers.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { buildInto, finder } from "./built-finder.mjs";

const QUERIES = 2000;
/** So many must choose a value of each facet. */
const LEAST = 60;

const folder = mkdtempSync(join(tmpdir(), "roundtable-oracle-"));
after(() => rmSync(folder, { recursive: true }));
const suite = ["test", "--locked", "--quiet", "--test", "suite", "search::random"];
execFileSync("cargo", suite, { cwd: fileURLToPath(new URL("../..", import.meta.url)), env: { ...process.env, FINDER_QUERIES: folder }, stdio: ["ignore", "ignore", "inherit"] });
const { slugs, queries } = JSON.parse(readFileSync(join(folder, "queries.json"), "utf8"));
buildInto(join(folder, "site"), join(folder, "public"));
const built = await finder(join(folder, "public"));

/** Without values that give nothing, and without the facet that a page has for all. */
function telling(counts, page) {
  const facets = Object.entries(counts).filter(([facet]) => facet !== page);
  return Object.fromEntries(facets.map(([facet, values]) => [facet, Object.fromEntries(Object.entries(values).filter(([, count]) => count))]));
}

test("the index has the groups that the oracle knows", () => assert.deepEqual(built.slugs, slugs));

test("every question finds the groups that the oracle finds, and counts what it counts", async () => {
  let [found, wrong, first] = [0, 0, ""];
  for (const { on, fragment, groups, counts } of queries) {
    const answer = await built.ask(fragment, on);
    found += +!!answer.slugs.length;
    try {
      assert.deepEqual(answer.slugs, groups.map((at) => slugs[at]), "groups");
      assert.deepEqual(telling(answer.counts, on?.[0]), counts, "counts");
      assert.deepEqual(answer.meant, {}, "words that somebody uses");
    } catch (error) {
      wrong++;
      first ||= `on ${on ?? "the directory"}, #${fragment}: ${error.message}`;
    }
  }
  console.log(`${queries.length} queries about ${slugs.length} groups, ${found} find something`);
  assert.equal(wrong, 0, `${wrong} of ${queries.length} differ; ${first}`);
  assert.ok(found >= queries.length / 2, `only ${found} find something`);
});

test("the questions ask for every facet, on pages of facets too, and for words", () => {
  assert.equal(queries.length, QUERIES);
  const facets = ["kind", "for", "topic", "audience", "day", "time", "format", "admission", "registration", "intake", "language", "region", "city", "accessibility", "cost"];
  for (const facet of facets) {
    const chosen = queries.filter(({ fragment }) => new RegExp(`(^|&)${facet}=`).test(fragment));
    assert.ok(chosen.length >= LEAST, `${facet}: ${chosen.length}`);
  }
  assert.ok(queries.filter(({ on }) => on).length >= QUERIES / 10);
  assert.ok(queries.filter(({ fragment }) => fragment.includes("q=")).length >= QUERIES / 5);
});

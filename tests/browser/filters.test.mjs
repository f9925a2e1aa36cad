// The finder's script finds and counts what tests/fixtures/finder/filters.json says by hand, on the site that it describes.
// The oracle in Rust answers the same questions (tests/suite/search).
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildInto, finder } from "./built-finder.mjs";

const fixture = JSON.parse(readFileSync(new URL("../fixtures/finder/filters.json", import.meta.url), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "roundtable-filters-"));
after(() => rmSync(folder, { recursive: true }));

function write(path, lines) {
  mkdirSync(join(folder, "site", path, ".."), { recursive: true });
  writeFileSync(join(folder, "site", path), lines.join("\n") + "\n");
}

write("site.yaml", fixture.site);
for (const [name, lines] of Object.entries(fixture.venues)) write(`content/venues/${name}.yaml`, lines);
for (const [name, lines] of Object.entries(fixture.groups)) {
  write(`content/groups/${name}.md`, ["---", ...lines, ...(lines.includes("---") ? [] : ["---"])]);
}
buildInto(join(folder, "site"), join(folder, "public"));
const { ask } = await finder(join(folder, "public"));

for (const { proves, on, fragment, groups, counts = {}, meant = {} } of fixture.queries) {
  test(proves, async () => {
    const found = await ask(fragment, on);
    assert.deepEqual(found.slugs, groups);
    assert.deepEqual(found.meant, meant, "what was looked for instead");
    for (const [facet, wanted] of Object.entries(counts)) {
      const told = Object.fromEntries(Object.keys(wanted).map((key) => [key, found.counts[facet][key]]));
      assert.deepEqual(told, wanted, `counts of ${facet}`);
    }
  });
}

test("no facet counts what only groups have that are not listed, and none has a value without groups", async () => {
  const { counts } = await ask("");
  for (const [facet, values] of Object.entries(counts)) {
    for (const [key, count] of Object.entries(values)) assert.ok(count > 0, `${facet}=${key}`);
  }
});

// The source of every page is sound HTML.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { markup } from "./markup.mjs";
import { build } from "./site.mjs";

const { output } = build();

test("html-validate finds nothing on any page", async () => {
  const pages = readdirSync(output, { recursive: true }).filter((file) => file.endsWith(".html"));
  assert.ok(pages.length > 100);
  for (const page of pages) {
    assert.deepEqual(await markup(readFileSync(join(output, page), "utf8")), [], page);
  }
});

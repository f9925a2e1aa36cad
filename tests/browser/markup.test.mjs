// The source of every page is sound HTML: in the eyes of two checkers, of which each sees what the other does not.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { markup } from "./markup.mjs";
import { build } from "./site.mjs";
import { vnu } from "./vnu.mjs";

const { output } = build();
// Pages, the page for what is missing, and those of old addresses that only send on.
const files = readdirSync(output, { recursive: true }).filter((file) => file.endsWith(".html"));

test("html-validate finds nothing in any file", async () => {
  assert.ok(files.length > 100 && files.includes("404.html"));
  for (const file of files) {
    assert.deepEqual(await markup(readFileSync(join(output, file), "utf8")), [], file);
  }
});

test("vnu finds nothing in any file", async () => assert.deepEqual(await vnu(output), []));

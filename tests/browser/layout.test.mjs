// Nothing is wider than a small phone, nothing is cut off, everything can be hit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch, open, settled, unfold } from "./browser.mjs";
import { clipped, overflow, smallTargets, spaceOut } from "./layout.mjs";
import { serve } from "./server.mjs";
import { build, LONG_WORDS, PAGES } from "./site.mjs";

const browser = await launch();
const server = await serve({ "/": build().output });
test.after(() => server.close());

const page = await open(browser, { bypassCSP: true });
for (const [name, path] of Object.entries({ ...PAGES, "long words": LONG_WORDS })) {
  test(`fits 320 px, also with wide spacing, and every target is large enough: ${name}`, async () => {
    await page.setViewportSize({ width: 320, height: 256 });
    await page.goto(server.origin + path);
    await settled(page);
    await unfold(page);
    assert.deepEqual(await overflow(page), []);
    assert.deepEqual(await clipped(page), []);
    assert.deepEqual(await smallTargets(page), []);
    await spaceOut(page);
    assert.deepEqual(await overflow(page), [], "with wide spacing");
    assert.deepEqual(await clipped(page), [], "with wide spacing");
  });

  test(`fits every other width: ${name}`, async () => {
    await page.goto(server.origin + path);
    await settled(page);
    await unfold(page);
    for (const width of [390, 640, 768, 1000, 1280, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      assert.deepEqual([...(await overflow(page)), ...(await clipped(page))], [], `at ${width} px`);
    }
  });
}

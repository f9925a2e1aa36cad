// axe-core on one page of each type: light and dark, phone and desktop, forced colours.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "./axe.mjs";
import { launch, open, settled, unfold } from "./browser.mjs";
import { serve } from "./server.mjs";
import { build, PAGES } from "./site.mjs";

const browser = await launch();
const server = await serve({ "/": build().output });
test.after(() => server.close());

const page = await open(browser, { bypassCSP: true });
for (const [name, path] of Object.entries(PAGES)) {
  test(`axe finds nothing on: ${name}`, async () => {
    await page.goto(server.origin + path);
    await settled(page);
    await unfold(page);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await axe(page), [], `${width} px, ${colorScheme}`);
      }
    }
  });
}

for (const name of ["home", "rich group", "get help"]) {
  test(`axe finds nothing in forced colours and with more contrast on: ${name}`, async () => {
    const page = await open(browser, { bypassCSP: true });
    await page.goto(server.origin + PAGES[name]);
    await settled(page);
    for (const media of [{ forcedColors: "active" }, { forcedColors: "none", contrast: "more" }]) {
      await page.emulateMedia(media);
      assert.deepEqual(await axe(page), [], JSON.stringify(media));
    }
    await page.context().close();
  });
}

test("no accent colour makes words unreadable", async () => {
  for (const accent of ["#ffff00", "#000000", "#ffffff", "#ff0000", "#777777"]) {
    const server = await serve({ "/": build({ accent }).output });
    for (const name of ["home", "rich group"]) {
      await page.goto(server.origin + PAGES[name]);
      await settled(page);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await axe(page, { type: "rule", values: ["color-contrast"] }), [], `${accent}, ${name}, ${colorScheme}`);
      }
    }
    server.close();
  }
});

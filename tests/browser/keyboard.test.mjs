// Everything can be reached and used with a keyboard, and one sees where one is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch, open, settled } from "./browser.mjs";
import { walk } from "./keyboard.mjs";
import { serve } from "./server.mjs";
import { build, PAGES } from "./site.mjs";

const browser = await launch();
const server = await serve({ "/": build().output });
test.after(() => server.close());

const desktop = await open(browser, { viewport: { width: 1280, height: 800 } });
for (const [index, [name, path]] of Object.entries(PAGES).entries()) {
  test(`the Tab key stops everywhere once, in order, and is seen: ${name}`, async () => {
    await desktop.emulateMedia({ colorScheme: index % 2 ? "light" : "dark" });
    await desktop.goto(server.origin + path);
    await settled(desktop);
    assert.deepEqual(await walk(desktop), []);
  });
}

for (const name of ["home", "rich group", "not found"]) {
  test(`the first stop skips to the main part: ${name}`, async () => {
    const page = await open(browser);
    await page.goto(server.origin + PAGES[name]);
    await settled(page);
    await page.keyboard.press("Tab");
    const skip = page.locator(":focus");
    assert.equal(await skip.getAttribute("href"), "#main");
    const box = await skip.boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0, "the skip link is on the screen when it has the focus");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("main, footer")), "the next stop is past the header");
    await page.context().close();
  });
}

test("a folded list opens with the keyboard", async () => {
  const page = await open(browser);
  await page.goto(server.origin + PAGES.directory);
  await settled(page);
  const summary = page.locator(".filters summary").first();
  await summary.focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator(".filters input").first().isVisible());
});

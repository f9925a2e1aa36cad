// axe-core on every page: on three in every setting, on one of each other type in both colour schemes and at both widths,
// on all the rest once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "./axe.mjs";
import { launch, open, settled, unfold } from "./browser.mjs";
import { serve } from "./server.mjs";
import { addresses, build, LONG_WORDS, PAGES } from "./site.mjs";

const browser = await launch();
const { output } = build();
const server = await serve({ "/": output });
test.after(() => server.close());

const LIGHT = { colorScheme: "light", forcedColors: "none", contrast: "no-preference" };
const DARK = { ...LIGHT, colorScheme: "dark" };
const FORCED = { ...LIGHT, forcedColors: "active" };
const page = await open(browser, { bypassCSP: true });

/** Opens a page, and all that can be folded on it. */
async function visit(path) {
  await page.goto(server.origin + path);
  await settled(page);
  await unfold(page);
}

/** Nothing is found on the page that is open, at the widths, in the media. */
async function isSoundHere(path, ...settings) {
  for (const [width, media] of settings) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia(media);
    assert.deepEqual(await axe(page), [], `${path} at ${width} px, ${JSON.stringify(media)}`);
  }
}

async function isSound(path, ...settings) {
  await visit(path);
  await isSoundHere(path, ...settings);
}

const WHOLE = ["directory", "facet page", "rich group"];
for (const name of WHOLE) {
  test(`axe finds nothing in any setting on: ${name}`, async () => {
    await isSound(PAGES[name], ...[320, 1280].flatMap((width) => [LIGHT, DARK, FORCED].map((media) => [width, media])));
  });
}

for (const [name, path] of Object.entries(PAGES).filter(([name]) => !WHOLE.includes(name))) {
  test(`axe finds nothing on: ${name}`, () => isSound(path, [390, LIGHT], [1280, DARK]));
}

test("axe finds nothing in forced colours and with more contrast", async () => {
  for (const name of ["home", "get help"]) await isSound(PAGES[name], [390, FORCED], [390, { ...LIGHT, contrast: "more" }]);
  await isSound(PAGES["rich group"], [390, { ...LIGHT, contrast: "more" }]);
});

test("axe finds nothing on any other page", async () => {
  const known = [...Object.values(PAGES), LONG_WORDS];
  const others = addresses(output).filter((path) => !path.startsWith("/groups/spare-") && !known.includes(path));
  assert.ok(others.length > 120, `${others.length} pages`);
  for (const path of others) {
    await visit(path);
    // Filters are the same on all lists, and take longer to look at than all else.
    await page.evaluate(() => document.querySelectorAll(".filters details").forEach((fold) => (fold.open = false)));
    await isSoundHere(path, [390, LIGHT]);
  }
});

test("no accent colour makes words unreadable", async () => {
  for (const accent of ["#ffff00", "#000000", "#ffffff", "#ff0000", "#777777"]) {
    const server = await serve({ "/": build({ accent }).output });
    for (const name of ["home", "rich group"]) {
      await page.goto(server.origin + PAGES[name]);
      for (const media of [LIGHT, DARK]) {
        await page.emulateMedia(media);
        assert.deepEqual(await axe(page, { type: "rule", values: ["color-contrast"] }), [], `${accent}, ${name}, ${media.colorScheme}`);
      }
    }
    server.close();
  }
});

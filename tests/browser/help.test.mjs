// Crisis help: the same, in the same place, on every page, on paper too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { launch, open } from "./browser.mjs";
import { help, moved } from "./help.mjs";
import { serve } from "./server.mjs";
import { addresses, build, PAGES } from "./site.mjs";

const browser = await launch();
const { output } = build();
const server = await serve({ "/": output });
test.after(() => server.close());

/** How many sheets a PDF has. */
const sheets = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length;

test("the help links are the same and in the same order on every page (WCAG 3.2.6)", () => {
  const all = addresses(output).map((path) => [path, readFileSync(join(output, path.endsWith("/") ? `${path}index.html` : path), "utf8")]);
  const [frames, pages] = [true, false].map((framed) => all.filter(([path]) => path.startsWith("/embed/") === framed));
  assert.ok(frames.length > 0);
  for (const [path, html] of frames) {
    assert.match(html, /get-help\/">Get help now<\/a><\/small><\/p>\s*<\/main>/, `${path}: a frame has little room, and says where help is`);
  }
  assert.deepEqual(moved(pages), []);
  const { strip, foot, isAtBothEnds } = JSON.parse(help(...pages[0]));
  assert.deepEqual(strip, ["Call 988 tel:988", "Text 988 sms:988", "More help http://host/get-help/"]);
  assert.deepEqual(foot.slice(0, 2), strip.slice(0, 2));
  assert.ok(isAtBothEnds);
});

test("help is on the first screen of a small phone", async () => {
  const page = await open(browser, { viewport: { width: 320, height: 480 } });
  for (const path of Object.values(PAGES)) {
    await page.goto(server.origin + path);
    const bottoms = await page.locator(".help a").evaluateAll((all) => all.map((it) => it.getBoundingClientRect().bottom));
    assert.ok(bottoms.length >= 3 && Math.max(...bottoms) <= 480, `${path} ${bottoms}`);
  }
});

test("help is printed at both ends of every kind of page", async () => {
  const page = await open(browser);
  await page.emulateMedia({ media: "print" });
  for (const path of Object.values(PAGES)) {
    await page.goto(server.origin + path);
    for (const words of [page.locator(".help"), page.locator(".site-footer .helplines")]) {
      assert.ok(await words.isVisible(), path);
      assert.match(await words.innerText(), /988 Suicide & Crisis Lifeline[\s\S]*Call 988/, path);
    }
  }
});

test("every group prints on two sheets or fewer", async () => {
  const page = await open(browser, { bypassCSP: true });
  for (const path of addresses(output).filter((path) => /^\/groups\/[a-z]/.test(path) && !/page|long-words|spare/.test(path))) {
    await page.goto(server.origin + path);
    // Debian has DejaVu for the system's font, which is a good deal wider than what readers print with.
    await page.addStyleTag({ content: '@layer tokens { :root { --sans: "Liberation Sans", Arial; --serif: "Liberation Serif", Georgia } }' });
    const count = sheets(await page.pdf({ format: "Letter" }));
    assert.ok(count <= 2, `${path} takes ${count}`);
  }
});

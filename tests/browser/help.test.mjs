// Crisis help: the same, in the same place, on every page, on paper too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { launch, open } from "./browser.mjs";
import { serve } from "./server.mjs";
import { addresses, build, PAGES } from "./site.mjs";

const browser = await launch();
const { output } = build();
const server = await serve({ "/": output });
test.after(() => server.close());

/** How many sheets a PDF has. */
const sheets = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length;

/** The links between two marks of a page, in their order: their words and where they lead. */
function links(path, html, start, end) {
  const from = html.indexOf(start);
  assert.ok(from >= 0, `no ${start}`);
  const block = html.slice(from, html.indexOf(end, from));
  return [...block.matchAll(/href="([^"]*)"[^>]*>([^<]*)/g)].map(([, to, words]) => `${words} ${new URL(to, `http://host${path}`)}`);
}

test("the help links are the same and in the same order on every page (WCAG 3.2.6)", () => {
  const orders = new Map();
  for (const path of addresses(output)) {
    const html = readFileSync(join(output, path.endsWith("/") ? `${path}index.html` : path), "utf8");
    if (path.startsWith("/embed/")) {
      assert.match(html, /get-help\/">Get help now<\/a><\/small><\/p>\s*<\/main>/, `${path}: a frame has little room, and says where help is`);
      continue;
    }
    const strip = links(path, html, '<aside class="help"', "</aside>");
    const foot = links(path, html.slice(html.indexOf("</main>")), 'class="helplines"', "</ul>");
    assert.ok(html.indexOf('class="help"') < html.indexOf("<header"), `${path}: help comes first`);
    orders.set(JSON.stringify([strip, foot]), path);
  }
  assert.equal(orders.size, 1, [...orders].join("\n"));
  assert.match([...orders.keys()][0], /Call 988 tel:988","Text 988 sms:988","More help http:\/\/host\/get-help\/"\],\["Call 988 tel:988/);
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

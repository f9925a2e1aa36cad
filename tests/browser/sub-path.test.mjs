// The same folder works at a domain's root and below a path; only 404.html must know where it stands.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch, open } from "./browser.mjs";
import { listen } from "./privacy.mjs";
import { serve } from "./server.mjs";
import { addresses, build } from "./site.mjs";

const browser = await launch();
const { output } = build();
const below = build({ address: "https://groups.example.org/sub/path/" }).output;
const server = await serve({ "/sub/path/": output, "/elsewhere/": below, "/": below });
test.after(() => server.close());

/** Every link, picture, sheet and script of every page leads to something under the prefix. */
async function crawl(prefix, folder) {
  const dead = new Set();
  const asked = new Map();
  for (const path of addresses(folder).filter((path) => path !== "/404.html")) {
    const from = new URL(prefix + path.slice(1), server.origin);
    const html = await (await fetch(from)).text();
    for (const [, reference] of html.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      const to = new URL(reference.replaceAll("&amp;", "&"), from);
      if (to.origin !== server.origin) continue;
      if (!to.pathname.startsWith(prefix)) dead.add(`${path} leaves ${prefix}: ${reference}`);
      const address = to.origin + to.pathname;
      if (!asked.has(address)) asked.set(address, fetch(address).then(async (it) => [it.status, await it.text()]));
      const [status, there] = await asked.get(address);
      if (status !== 200) dead.add(`${path}: ${reference}`);
      if (to.hash && !there.includes(`id="${decodeURIComponent(to.hash.slice(1))}"`)) dead.add(`${path}: no ${to.hash} there`);
    }
  }
  assert.ok(asked.size > 100, `only ${asked.size} addresses`);
  return [...dead];
}

test("every link leads somewhere below a path that the build does not know", async () => {
  assert.deepEqual(await crawl("/sub/path/", output), []);
});

test("a page below a path looks and works as at the root", async () => {
  const page = await open(browser);
  const heard = listen(page, server.origin);
  await page.goto(`${server.origin}/sub/path/`);
  await page.locator(".ways a").first().click();
  await page.locator(".cards a").first().click();
  assert.match(page.url(), /\/sub\/path\/groups\/[a-z-]+\/$/);
  assert.notEqual(await page.locator(".facts").evaluate((it) => getComputedStyle(it).borderRadius), "0px");
  assert.deepEqual(heard(), []);
});

test("the page for what is missing leads home from any depth", async () => {
  const server = await serve({ "/sub/path/": below, "/": below });
  const page = await open(browser);
  const heard = listen(page, server.origin);
  await page.goto(`${server.origin}/sub/path/no/such/page/`);
  assert.deepEqual(heard(), []);
  const links = await page.locator("a[href^='/'], link[href], img").evaluateAll((all) => all.map((it) => new URL(it.href ?? it.src).pathname));
  assert.ok(links.length > 8);
  assert.deepEqual(links.filter((link) => !link.startsWith("/sub/path/")), []);
  server.close();
});

// No page tells anyone that somebody was here: not on the way in, not while it is read, not on the way out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch, open, unfold } from "./browser.mjs";
import { foreign, listen, traces } from "./privacy.mjs";
import { serve } from "./server.mjs";
import { build, LONG_WORDS, PAGES } from "./site.mjs";

const browser = await launch();
const server = await serve({ "/": build().output });
test.after(() => server.close());

test("every kind of page keeps to its own origin, breaks no rule of its policy and leaves nothing behind", async () => {
  const page = await open(browser);
  const heard = listen(page, server.origin);
  for (const path of [...Object.values(PAGES), LONG_WORDS]) {
    await page.goto(server.origin + path);
    await unfold(page);
    assert.deepEqual([...heard(), ...(await foreign(page))], [], path);
  }
  assert.deepEqual(await traces(page), []);
});

test("a link that leaves the site does not say where it stood", async () => {
  const page = await open(browser);
  const referrers = [];
  await page.context().route(/^https:/, (route) => {
    referrers.push(route.request().headers().referer);
    return route.fulfill({ contentType: "text/html", body: "<title>Elsewhere</title>" });
  });
  for (const name of ["home", "get help", "rich group", "not found"]) {
    await page.goto(server.origin + PAGES[name]);
    await page.locator("a[href^='https:']").first().click();
    await page.waitForURL(/^https:/);
    assert.equal(await page.evaluate(() => document.referrer), "");
  }
  assert.deepEqual(referrers, [undefined, undefined, undefined, undefined]);
});

test("what ages is told by the reader's clock, in the reader's zone", async () => {
  const verified = async (now) => {
    const page = await open(browser, { now });
    await page.goto(server.origin + PAGES["rich group"]);
    const shown = [await page.locator("[data-ago]").first().innerText(), await page.getByText("Working with dissociation").count()];
    await page.context().close();
    return shown;
  };
  assert.match((await verified("2026-11-23T12:00:00Z"))[0], /\(3 weeks ago\)/);
  assert.match((await verified("2026-11-02T03:30:00Z"))[0], /\(today\)/, "it is still the first of November in New York");
  assert.doesNotMatch((await verified("2026-10-31T12:00:00Z"))[0], /\(/, "a date to come is not so long ago");
  assert.deepEqual([(await verified("2027-01-06T03:00:00Z"))[1], (await verified("2027-01-06T06:00:00Z"))[1]], [1, 0]);
});

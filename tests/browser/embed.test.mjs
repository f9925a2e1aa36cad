// What other sites show of this one: the code is copied off a page, pasted into a page of another origin, and read there.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { axe } from "./axe.mjs";
import { launch, open } from "./browser.mjs";
import { listen, traces } from "./privacy.mjs";
import { addresses, build } from "./site.mjs";

const GROUP = "/groups/tuesday-consultation-circle/";
const FACET = "/by/topic/grief/";

const { output } = build();
/** What each request said about where it came from. */
const referrers = [];

/** The blocks of `_headers`: a path, which may end in `*`, and its headers. */
function blocks() {
  const found = [];
  for (const line of readFileSync(join(output, "_headers"), "utf8").split("\n")) {
    const [, name, value] = /^ {2}([^:]+): (.*)$/.exec(line) ?? [];
    if (name) found.at(-1).headers.push([name.toLowerCase(), value]);
    else if (line) found.push({ path: line, headers: [] });
  }
  return found;
}

/** The headers of an address: where several paths match, some hosts join the values and others send the last. */
function headersOf(url, joins) {
  const headers = {};
  const fits = ({ path }) => (path.endsWith("*") ? url.startsWith(path.slice(0, -1)) : url === path);
  for (const [name, value] of blocks().filter(fits).flatMap(({ headers }) => headers)) {
    headers[name] = joins && headers[name] ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

async function listening(answer) {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.after(() => server.close());
  return server.address().port;
}

/** A host that takes `_headers` seriously. */
async function host(joins) {
  const types = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml" };
  const port = await listening((request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    const file = join(output, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    referrers.push(request.headers.referer);
    response.setHeaders(new Map(Object.entries({ "content-type": types[file.split(".").at(-1)] ?? "image/jpeg", ...headersOf(pathname, joins) })));
    response.end(readFileSync(file));
  });
  return `http://127.0.0.1:${port}`;
}

const browser = await launch();
const site = await host(true);
const lastWins = await host(false);

/** The code that a page offers; the site stands at a test's address. */
async function code(path, origin = site) {
  const page = await open(browser);
  await page.goto(origin + path);
  const code = await page.locator("input[readonly]").inputValue();
  await page.context().close();
  assert.ok(code.includes('src="https://groups.example.org/embed/'), code);
  return code.replace("https://groups.example.org", origin);
}

let pasted = "";
const foreign = await listening((_, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(`<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>A clinic</title><main><h1>A clinic</h1>${pasted}</main>`);
});

/** Another site's page with some code in it, and the frame or frames that it makes. */
async function paste(html, settings) {
  pasted = html;
  const page = await open(browser, settings);
  const heard = listen(page, site);
  await page.goto(`http://localhost:${foreign}/`);
  const frames = page.frames().slice(1);
  for (const frame of frames) await frame.waitForLoadState();
  // A sandbox lets no script in, and the clock of these tests is one.
  const expected = [`request to http://localhost:${foreign}/`, `404 http://localhost:${foreign}/favicon.ico`, "console: Blocked script execution in "];
  const others = () => heard().filter((finding) => !expected.some((start) => finding.startsWith(start)));
  return { page, frame: frames[0], frames, others };
}

const visible = (frame, selector) => frame.locator(selector).filter({ visible: true });

for (const javaScriptEnabled of [false, true]) {
  test(`a group's card is readable in another site's page, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async () => {
    const card = await code(GROUP);
    referrers.length = 0;
    const { page, frame, others } = await paste(card, { javaScriptEnabled });
    const cards = visible(frame, ".card");
    assert.equal(await cards.count(), 1);
    assert.match(await cards.innerText(), /^Tuesday Consultation Circle\s.*Athens, in person and online/s);
    assert.equal(await visible(frame, ".gone").count(), 0);
    const { top, left } = await frame.locator("h1").evaluate((it) => it.getBoundingClientRect());
    assert.ok(top >= 0 && left >= 0, "what stands above the card is in sight");
    const look = await cards.evaluate((it) => [getComputedStyle(it).borderRadius, getComputedStyle(it).backgroundColor]);
    assert.deepEqual(look, ["12px", "rgb(255, 253, 249)"], "the style sheet is let in");
    assert.deepEqual(others(), [], "nobody else is asked, and no rule of the policy is broken");
    assert.deepEqual(referrers.filter(Boolean), [], "the site is not told where its card stands");
    assert.equal(await frame.evaluate(() => document.scripts.length), 0);
    assert.deepEqual(await page.context().cookies(), []);
    if (javaScriptEnabled) assert.deepEqual(await traces(page), []);
    await page.context().close();
  });
}

test("links open outside of the frame, in a page that knows nothing of where it came from", async () => {
  for (const path of [GROUP, FACET]) {
    const { page, frame } = await paste(await code(path));
    for (const [link, to] of [[".card a", /\/groups\/[a-z-]+\/$/], ["a[href$='get-help/']", /\/get-help\/$/]]) {
      const [popup] = await Promise.all([page.context().waitForEvent("page"), visible(frame, link).first().click()]);
      await popup.waitForLoadState();
      assert.match(popup.url(), to);
      assert.deepEqual(await popup.evaluate(() => [window.opener, document.referrer, window.origin]), [null, "", site], "out of the sandbox too");
      assert.ok(await popup.locator(".help").isVisible(), "the popup has its style sheet and its words");
      await popup.close();
    }
    assert.equal(page.url(), `http://localhost:${foreign}/`);
    await page.context().close();
  }
});

test("a list shows the groups of its value", async () => {
  const { page, frame, others } = await paste(await code(FACET), { javaScriptEnabled: false });
  assert.equal(await frame.locator("h1").innerText(), "Groups about Grief");
  const count = await visible(frame, ".card").count();
  assert.ok(count > 2);
  assert.equal(await frame.locator("h2").innerText(), `${count} groups`);
  assert.equal(await frame.locator("a", { hasText: "River Valley Counselors Network" }).getAttribute("href"), "../../../");
  assert.deepEqual(others(), []);
  await page.context().close();
});

test("a group that is not listed any more, and an old slug, are answered", async () => {
  const card = await code(GROUP);
  const { page, frame } = await paste(card.replace(/#[^"]*/, "#no-such-group"), { javaScriptEnabled: false });
  assert.equal(await visible(frame, ".card").count(), 0);
  assert.equal(await visible(frame, ".gone").innerText(), "This group is not listed any more.\nGroups");
  await page.context().close();
  const shelves = addresses(output).filter((path) => /^\/embed\/[0-9a-f]{2}\/$/.test(path));
  const former = shelves.filter((path) => readFileSync(join(output, path, "index.html"), "utf8").includes(' id="tuesday-group"'));
  assert.equal(former.length, 1);
  const old = await paste(card.replace(/\/embed[^"]*/, `${former[0]}#tuesday-group`), { javaScriptEnabled: false });
  assert.match(await visible(old.frame, ".card").innerText(), /^Tuesday Consultation Circle/);
  await old.page.context().close();
});

test("no other page can be framed, whichever way a host reads _headers", async () => {
  const paths = ["/", "/index.html", "/groups/", GROUP, FACET, "/week/", "/get-help/", "/privacy/", "/404.html", "/groups/tuesday-group/"];
  for (const origin of [site, lastWins]) {
    const { page, frames } = await paste((await code(GROUP, origin)) + paths.map((path) => `<iframe src="${origin}${path}"></iframe>`).join(""));
    const [card, ...others] = frames;
    assert.equal(await visible(card, ".card").count(), 1, "the card can");
    assert.deepEqual(others.map((frame) => frame.url()), paths.map(() => "chrome-error://chromewebdata/"));
    await page.context().close();
  }
});

test("axe finds nothing in a frame, wide or narrow, light, dark or in forced colours", async () => {
  const page = await open(browser, { bypassCSP: true });
  for (const path of [GROUP, FACET]) {
    const [, embedded] = /src="([^"]*)"/.exec(await code(path));
    for (const url of [embedded, embedded.replace(/#.*/, "#no-such-group")]) {
      await page.goto("about:blank");
      await page.goto(url);
      for (const [width, ...looks] of [[280, { colorScheme: "dark" }, { forcedColors: "active" }], [1000, { forcedColors: "none", colorScheme: "light" }]]) {
        await page.setViewportSize({ width, height: 460 });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${url} scrolls sideways at ${width}`);
        for (const look of looks) {
          await page.emulateMedia(look);
          assert.deepEqual(await axe(page), [], `${url} ${width} ${JSON.stringify(look)}`);
        }
      }
    }
  }
  await page.context().close();
});

test("words are as dark as they must be on their own ground, whatever scheme the page around has", async () => {
  const grounds = {};
  for (const colorScheme of ["light", "dark"]) {
    const { page, frame } = await paste(await code(GROUP), { colorScheme });
    grounds[colorScheme] = await frame.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]);
    await page.context().close();
  }
  assert.deepEqual(grounds.light, ["rgb(250, 246, 238)", "rgb(42, 37, 32)"]);
  assert.deepEqual(grounds.dark, ["rgb(28, 25, 22)", "rgb(237, 231, 221)"]);
});

test("the code is reached, selected and copied with the keyboard alone, and stays off paper", async () => {
  const page = await open(browser, { javaScriptEnabled: false });
  for (const path of [GROUP, FACET]) {
    await page.emulateMedia({ media: "screen" });
    await page.goto(site + path);
    const summary = page.locator("summary", { hasText: "Put this on your own site" });
    await summary.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    const field = page.locator("input[readonly]");
    assert.ok(await field.evaluate((it) => it === document.activeElement && it.value.slice(it.selectionStart, it.selectionEnd) === it.value), path);
    const box = await field.boundingBox();
    assert.ok(box.height >= 44 && box.width > 250 && box.x + box.width <= 390, JSON.stringify(box));
    assert.ok(await field.evaluate((it) => parseFloat(getComputedStyle(it).fontSize) >= 16), "smaller ones make phones zoom");
    await page.emulateMedia({ media: "print" });
    assert.equal(await summary.isVisible(), false, "nobody copies it from paper");
  }
  await page.context().close();
});

// The gate itself: each check must see the defect that is planted for it, and must find nothing on the page without it.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { axe } from "./axe.mjs";
import { launch, open } from "./browser.mjs";
import { facets, listing } from "./completeness.mjs";
import { moved } from "./help.mjs";
import { walk } from "./keyboard.mjs";
import { clipped, overflow, smallTargets, spaceOut } from "./layout.mjs";
import { speech } from "./live-region.mjs";
import { markup } from "./markup.mjs";
import { foreign, listen, traces } from "./privacy.mjs";
import { serve } from "./server.mjs";
import { build, listedSlugs, PAGES } from "./site.mjs";
import { vnu } from "./vnu.mjs";

const browser = await launch();
const { source, output } = build();
let planted = (html) => html;
const server = await serve({ "/": output }, (html) => planted(html));
test.after(() => server.close());

const DIRECTORY = PAGES.directory;
const GROUP = PAGES["rich group"];
const SHORT = PAGES["four-line group"];
const read = (path) => readFileSync(join(output, path, "index.html"), "utf8");
const unplanted = (html) => html;

// Ways to look. Each takes an address and what is planted into its page, and gives findings.

/** In a browser on a small phone. What is planted may be a script or a style of ours unless the page's policy is kept. */
const inBrowser = (look, settings = { bypassCSP: true }) => async (path, plant) => {
  planted = plant;
  const page = await open(browser, { viewport: { width: 320, height: 640 }, ...settings });
  await page.route(/^https:/, (route) => route.abort());
  const heard = listen(page, server.origin);
  await page.goto(server.origin + path);
  const findings = await look(page, heard);
  await page.context().close();
  return findings;
};
const byAxe = inBrowser((page) => axe(page));
const byKeys = inBrowser(walk);
const byWidth = inBrowser(overflow);
const byEdges = inBrowser(clipped);
const bySpacing = inBrowser(async (page) => [await spaceOut(page), ...(await clipped(page))].slice(1));
const byFinger = inBrowser(smallTargets);
const byRequests = inBrowser((_, heard) => heard());
const byPolicy = inBrowser((_, heard) => heard(), {});
const byHosts = inBrowser(foreign);
const byTraces = inBrowser(traces);
const byEar = inBrowser((page) => speech(page));
const byPager = inBrowser(async (page) => (await listing(page, server.origin, listedSlugs(source))).findings, { javaScriptEnabled: false });
const byFacets = inBrowser(async (page) => (await facets(page, server.origin)).findings, { javaScriptEnabled: false });
const byMarkup = (path, plant) => markup(plant(read(path)));
const byComparison = async (path, plant) => moved([...Object.values(PAGES).filter((path) => path !== PAGES["not found"]), path].map((at, index, all) =>
  [at, index === all.length - 1 ? plant(read(at)) : read(at)]));
const byVnu = async (path, plant) => (await vnuFindings()).get(plant).get(path);

const body = (markup) => (html) => html.replace("</main>", `${markup}</main>`);
const head = (markup) => (html) => html.replace("</head>", `${markup}</head>`);
const style = (css) => head(`<style>${css}</style>`);
const script = (code) => body(`<script>${code}</script>`);
const swap = (words, others) => (html) => html.replace(words, others);
/** A script that hears each letter that is typed; `status` is the live region. */
const atEachLetter = (code) => script(`addEventListener("input", (event) => { const status = document.querySelector("[role=status], .late"); ${code} })`);

/** Each defect: its name, the page, how it is planted, and who must see it and say what. */
const DEFECTS = [
  ["grey words on grey", SHORT, style(".lead { color: #999 }"), [byAxe, /color-contrast/]],
  ["targets of 16 px", GROUP, style(".tags li a { display: block; font-size: 9px; padding: 0; line-height: 16px } .tags { gap: 0; display: block }"), [byAxe, /target-size/]],
  ["a button for no finger", GROUP, style(".button { min-block-size: 0; padding: 0; font-size: 12px }"), [byFinger, /button/]],
  ["no focus ring", SHORT, style(":focus-visible, .card a:focus-visible::after { outline: none !important }"), [byKeys, /no focus ring/]],
  ["a faint focus ring", SHORT, style("@layer late { :focus-visible { outline-color: #f4ecdc !important } }"), [byKeys, /no focus ring/]],
  ["a positive tabindex", SHORT, body('<p><a href="/" tabindex="1">First</a></p>'), [byKeys, /out of order/], [byAxe, /tabindex/]],
  ["a skip link that leads nowhere", SHORT, swap('href="#main"', 'href="#content"'), [byAxe, /skip-link/]],
  ["a fixed width of 900 px", SHORT, body('<div style="width: 900px">Wide</div>'), [byWidth, /px wide/]],
  ["words cut off", SHORT, style(".lead { max-block-size: 1em; overflow: hidden }"), [byEdges, /clipped/]],
  ["words cut off for those who need more space between lines", SHORT, body('<p style="block-size: 1.2em; line-height: 1.2; overflow: hidden">One line</p>'), [bySpacing, /clipped/]],
  ["a picture that counts readers", SHORT, body('<img src="https://count.example/p.gif" alt="">'), [byRequests, /count\.example/], [byHosts, /count\.example/]],
  ["a preconnect to another host", SHORT, head('<link rel="preconnect" href="https://fonts.example">'), [byHosts, /fonts\.example/]],
  ["a script that remembers", SHORT, script('localStorage.seen = "1"'), [byTraces, /localStorage: seen/]],
  ["a cookie", SHORT, script('document.cookie = "seen=1"'), [byTraces, /cookie: seen/]],
  ["an inline script", SHORT, script("document.title += 1"), [byPolicy, /inline script.*Content Security Policy/]],
  ["the same id twice", SHORT, body('<p id="main">Again</p>'), [byMarkup, /no-dup-id/], [byVnu, /Duplicate ID “main”/]],
  ["a date that is none", SHORT, body('<p><time datetime="2026-13-40">Some day</time></p>'), [byVnu, /Bad value “2026-13-40”/]],
  ["a box in a paragraph", SHORT, body("<p>Words <div>in a box</div></p>"), [byVnu, /No “p” element in scope/], [byMarkup, /close-order/]],
  ["no language", SHORT, swap('<html lang="en">', "<html>"), [byAxe, /html-has-lang/], [byMarkup, /element-required-attributes/], [byVnu, /“lang” attribute/]],
  ["a picture without words", SHORT, body('<img src="/logo.svg">'), [byAxe, /image-alt/], [byMarkup, /wcag\/h37/], [byVnu, /must have an “alt” attribute/]],
  ["a field without a name", SHORT, body('<p><input name="name"></p>'), [byAxe, /label/], [byMarkup, /input-missing-label/]],
  ["a heading of a level too deep", SHORT, body("<h5>Deep</h5>"), [byAxe, /heading-order/], [byMarkup, /heading-level/]],
  ["help elsewhere on one page", SHORT, (html) => html.replace(/(<aside class="help"[^]*?<\/aside>)([^]*?)(<\/header>)/, "$2$3$1"), [byComparison, /help is not as on/]],
  ["help in another order on one page", SHORT, swap(/(<li><a href="tel:988">[^]*?<\/li>)\s*(<li>[^]*?<\/li>)/, "$2$1"), [byComparison, /help is not as on/]],
  ["a group that only scripts would show", DIRECTORY, swap(/<li class="card">[^]*?<\/li>/, ""), [byPager, /listed 0 times/]],
  ["no way to the second page without scripts", DIRECTORY, swap(/<a [^>]*rel="next">/, '<a href="#">'), [byPager, /listed 0 times/]],
  ["a facet that leads nowhere", DIRECTORY, swap(/href="([^"]*)by\/topic\/grief\//, 'href="$1by/topic/sorrow/'), [byFacets, /404 .*sorrow/]],
  ["no live region", DIRECTORY, swap(' role="status"', ""), [byEar, /0 live regions/]],
  ["a live region that comes with its words", DIRECTORY, (html) => atEachLetter('status.role = "status"')(html.replace('role="status"', 'class="late"')), [byEar, /0 live regions/]],
  ["a live region that speaks at every letter", DIRECTORY, atEachLetter('status.textContent = "Looking for 48 groups" + ".".repeat(event.target.value.length)'), [byEar, /said \d+ times in one pause/]],
  ["a live region that tells no number", DIRECTORY, script(`new MutationObserver(() => {
    const status = document.querySelector("[role=status]");
    if (status?.textContent.match(/\\d/)) status.textContent = "Updated" + ".".repeat(document.querySelector("[type=search]").value.length);
  }).observe(document, { childList: true, subtree: true })`), [byEar, /no number is said/]],
  ["a live region that is silent", DIRECTORY, script('addEventListener("input", (event) => event.stopImmediatePropagation(), true)'), [byEar, /says nothing/]],
  ["focus that typing moves", DIRECTORY, atEachLetter('const title = document.querySelector("h1"); title.tabIndex = -1; title.focus()'), [byEar, /the focus moved/]],
];

/** What vnu finds in every page that a row has for it, with and without the defect; in one run for all. */
let started;
const vnuFindings = () => (started ??= readAll());
async function readAll() {
  const folder = mkdtempSync(join(tmpdir(), "roundtable-defects-"));
  test.after(() => rmSync(folder, { recursive: true }));
  const rows = DEFECTS.filter((row) => row.slice(3).some(([look]) => look === byVnu));
  const pages = rows.flatMap(([, path, plant]) => [[plant, path], [unplanted, path]]);
  pages.forEach(([plant, path], index) => {
    mkdirSync(join(folder, `${index}`));
    writeFileSync(join(folder, `${index}`, "page.html"), plant(read(path)));
  });
  const lines = await vnu(folder);
  const findings = new Map(pages.map(([plant]) => [plant, new Map()]));
  pages.forEach(([plant, path], index) => findings.get(plant).set(path, lines.filter((line) => line.includes(`/${index}/page.html`))));
  return findings;
}

const clean = new Map();
/** What a look finds on a page without a defect; it looks once. */
function withoutDefect(look, path) {
  const found = clean.get(look) ?? new Map();
  clean.set(look, found);
  if (!found.has(path)) found.set(path, look(path, unplanted));
  return found.get(path);
}

for (const [name, path, plant, ...eyes] of DEFECTS) {
  test(`the gate sees ${name}`, async () => {
    for (const [look, says] of eyes) {
      assert.deepEqual(await withoutDefect(look, path), [], "without it");
      assert.match((await look(path, plant)).join("\n"), says);
    }
  });
}

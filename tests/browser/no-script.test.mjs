// The whole site with JavaScript off: a reader misses nothing but what narrows, sorts and tells the time.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { launch, open } from "./browser.mjs";
import { facets, listing } from "./completeness.mjs";
import { serve } from "./server.mjs";
import { addresses, build, listedSlugs, PAGES } from "./site.mjs";

/** The eight questions, each as the heading of its answer, or as what can still be asked. */
const QUESTIONS = {
  "Who can join": "Who can join?",
  Where: "Where does it meet?",
  When: "When does it meet?",
  "What a meeting looks like": "What does a meeting look like?",
  "Who leads": "Who leads?",
  "Your first meeting": "What happens at a first meeting?",
  Cost: "What does it cost?",
  "Accessibility and languages": "Is there a step-free way in, and which languages are spoken?",
};

const browser = await launch();
const { source, output } = build();
const server = await serve({ "/": output });
test.after(() => server.close());
const page = await open(browser, { javaScriptEnabled: false });
const read = (path) => readFileSync(join(output, path.endsWith("/") ? `${path}index.html` : path), "utf8");

test("the pages of the directory list every group once", async () => {
  const { findings, pages } = await listing(page, server.origin, listedSlugs(source));
  assert.deepEqual(findings, []);
  assert.equal(pages, 2, "48 groups a page");
});

test("every facet is a plain link to a page with groups", async () => {
  const { findings, links } = await facets(page, server.origin);
  assert.deepEqual(findings, []);
  assert.ok(links > 40, `only ${links} links`);
});

test("every group's page answers the eight questions, or says what to ask", () => {
  const groups = addresses(output).filter((path) => /^\/groups\/[a-z]/.test(path) && !path.includes("/page/"));
  assert.ok(groups.length > 30);
  for (const path of groups) {
    const html = read(path);
    if (html.includes("state ended")) continue; // there is nobody left to ask
    const neither = Object.entries(QUESTIONS).filter(([heading, question]) =>
      ![`>${heading}</h2>`, `>${heading}</dt>`, `<li>${question}</li>`].some((answer) => html.includes(answer)));
    assert.deepEqual(neither, [], path);
  }
});

test("a group that says all answers in the order in which one asks", async () => {
  await page.goto(server.origin + PAGES["rich group"]);
  const headings = await page.locator(".story h2").allInnerTexts();
  const order = Object.keys(QUESTIONS).filter((heading) => heading !== "Cost");
  assert.deepEqual(headings.filter((heading) => order.includes(heading)), order);
});

test("nothing asks for JavaScript", () => {
  for (const path of addresses(output)) {
    assert.doesNotMatch(read(path), /<noscript|(enable|turn on|requires?|needs?) javascript/i, path);
  }
});

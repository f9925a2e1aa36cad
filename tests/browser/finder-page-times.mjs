// How long a browser's main thread is busy with scripts when a reader uses the finder: `node finder-page-times.mjs FOLDER`, of a
// folder with /groups/, the theme's files and the index. Each of 100 things is done once to have the planes, and once more to
// be measured. Prints a line of JSON for each kind of thing, in milliseconds, the last of them what is counted where nobody does
// anything; asserts nothing.
import { chromium } from "playwright-core";
import { settled } from "./browser.mjs";
import { serve } from "./server.mjs";

const [, , folder] = process.argv;
if (!folder) throw Error("the folder of a built site is missing");

const COUNT = 100;
/** Milliseconds within which a page has answered and said so. */
const [LOOK, SAID] = [150, 900];
/** Events of a trace in which scripts run: handlers, timers, and what waits for promises. */
const SCRIPTS = ["EventDispatch", "FunctionCall", "RunMicrotasks", "TimerFire"];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const server = await serve({ "/": folder });
const page = await (await browser.newContext({ locale: "en-US", timezoneId: "America/New_York", viewport: { width: 390, height: 844 } })).newPage();
// The clock stands, but its timers are the browser's own.
await page.addInitScript((now) => (Date.now = () => now), Date.parse("2026-12-01T12:00:00Z"));
await page.goto(`${server.origin}/groups/`);
await settled(page);
const session = await page.context().newCDPSession(page);
await session.send("Performance.enable");
const words = await page.evaluate(() => [...document.querySelectorAll(".filters label")].flatMap((label) => label.textContent?.match(/\p{L}{4,}/gu) ?? []));
const towns = await page.locator(".filters [name=city]").evaluateAll((all) => all.map((input) => input.parentElement?.textContent?.replace(/\s*\(?\d*\)?\s*$/, "").trim() ?? ""));

/** The same chances in every run: a step through the whole numbers below a prime. */
let last = 1;
const below = (/** @type {number} */ end) => (last = (last * 48_271) % 2_147_483_647) % end;
const one = (/** @type {any[]} */ of) => of[below(of.length)];

/** What a reader does, by what it is called in the table; each is told to the page as something that it can do to itself. */
const KINDS = {
  "tick a box": () => ["tick", below(1000)],
  "type a word": () => ["q", one(words).slice(0, 2 + below(6))],
  "sort by next meeting": () => ["sort", "next"],
  "name a town": () => ["near", one(towns)],
};
const kinds = Object.keys(KINDS);
const things = Array.from({ length: COUNT }, (_, at) => {
  const kind = kinds[at % kinds.length];
  return { kind, before: [0, 1, 2].slice(0, below(3)).map(() => below(1000)), what: KINDS[kind]() };
});

await page.evaluate(() => {
  globalThis.act = (name, value) => {
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(".filters input"));
    if (name === "tick") return boxes[value % boxes.length].click();
    const field = /** @type {HTMLInputElement} */ (document.querySelector(`#finder-${name}`));
    field.value = value;
    field.dispatchEvent(new Event(name === "q" ? "input" : "change", { bubbles: true }));
  };
});
const run = (/** @type {string} */ expression) => session.send("Runtime.evaluate", { expression });
const act = ([name, value]) => run(`act(${JSON.stringify(name)}, ${JSON.stringify(value)}), 0`);

/** Waits until no task runs any more. */
async function quiet() {
  const busy = async () => (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value;
  for (let before = -1, now = await busy(); now - before > 0.003; [before, now] = [now, await busy()]) await page.waitForTimeout(LOOK);
}

/** Milliseconds of the processor that scripts took, by a trace's events. What is in one of them is not counted again. */
function scripted(/** @type {any[]} */ events) {
  const own = events.filter(({ name, dur }) => dur && SCRIPTS.includes(name)).sort((a, b) => a.ts - b.ts);
  let [sum, end] = [0, 0];
  for (const { ts, dur, tdur } of own) {
    if (ts < end) continue;
    sum += tdur ?? dur;
    end = ts + dur;
  }
  return sum / 1e3;
}

async function begin({ before }) {
  await run('location.hash = "#q="');
  for (const box of before) await act(["tick", box]);
  await quiet();
}

async function measured(thing) {
  await begin(thing);
  await page.waitForTimeout(SAID);
  await browser.startTracing(page, { categories: ["devtools.timeline", "v8", "v8.execute"] });
  if (thing.what) await act(thing.what);
  await page.waitForTimeout(SAID);
  await quiet();
  return scripted(JSON.parse(`${await browser.stopTracing()}`).traceEvents);
}

for (const thing of things) {
  await begin(thing);
  await act(thing.what);
  await quiet();
}
const times = new Map([...kinds, "nothing"].map((kind) => [kind, []]));
for (const thing of things) times.get(thing.kind).push(await measured(thing));
const round = (/** @type {number} */ time) => Math.round(time * 10) / 10;
for (let count = 0; count < 20; count++) times.get("nothing").push(await measured({ before: [], what: null }));
for (const [what, all] of times) {
  const sorted = all.toSorted((a, b) => a - b);
  console.log(JSON.stringify({ "in a browser": what, count: all.length, median: round(sorted[sorted.length >> 1]), worst: round(sorted.at(-1)) }));
}
await browser.close();
server.close();

// The next meeting on a group's page: by the reader's clock, in the group's zone and in the reader's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "./axe.mjs";
import { launch, open } from "./browser.mjs";
import { listen, traces } from "./privacy.mjs";
import { serve } from "./server.mjs";
import { build } from "./site.mjs";

const GROUPS = {
  monday: "schedule: Mondays, 6–7:30 pm",
  vancouver: "schedule: Tuesdays, 7–8:30 pm\ntimezone: America/Vancouver\nformat: online",
  kolkata: "schedule: Mondays, 11 pm–1 am\ntimezone: Asia/Kolkata\nformat: online",
  cancelled: "schedule: Mondays, 6–7:30 pm\ncancelled: [{date: 2026-11-23}, {date: 2026-11-30}]",
  closed: "schedule: Mondays, 6–7:30 pm\ncancelled: [{from: 2026-11-01, to: 2026-12-31}]",
  changed: "schedule: Mondays, 6–7:30 pm\nchanged: [{date: 2026-11-23, to_date: 2026-11-24, time: 5–6 pm}]\nextra: [{date: 2026-12-02, time: 5–6 pm}]",
  holiday: "schedule: Thursdays, 6–7:30 pm",
  noon: "schedule: Mondays, 11 am–noon",
  "no-end": "schedule: Mondays at 6 pm",
  "no-hours": "schedule: first Tuesday of the month",
  cohort: "schedule: 3 Mondays from 16 November 2026, 6–7:30 pm",
  over: "schedule: 3 Mondays from 2 November 2026, 6–7:30 pm",
  words: "schedule: {say: Ask us.}",
};

const browser = await launch();
const { output } = build({ groups: GROUPS });
const server = await serve({ "/": output });
test.after(() => server.close());
const address = (slug) => `${server.origin}/groups/${slug}/`;

/** What is said, line by line, without the marks that keep hours on a line. */
const said = async (page) => {
  const place = page.locator(".next");
  if (!(await place.count()) || !(await place.isVisible())) return [];
  return (await place.innerText()).replaceAll("\u2060", "").replaceAll("\u00a0", " ").split("\n");
};

/** The same of a group at an instant, for a reader in a zone. */
async function told(slug, now, timezoneId = "America/New_York") {
  const page = await open(browser, { now, timezoneId });
  await page.goto(address(slug));
  const lines = await said(page);
  await page.context().close();
  return lines;
}

const MORNING = "2026-11-23T12:00:00Z"; // Monday, seven in the morning in New York

for (const [what, slug, now, zone, lines] of [
  ["today", "monday", MORNING, undefined, ["Next meeting: Monday 23 November, 6:00–7:30 pm, today"]],
  ["tomorrow", "monday", "2026-11-23T03:00:00Z", undefined, ["Next meeting: Monday 23 November, 6:00–7:30 pm, tomorrow"]],
  ["in days", "monday", "2026-11-24T12:00:00Z", undefined, ["Next meeting: Monday 30 November, 6:00–7:30 pm, in 6 days"]],
  ["as it begins", "monday", "2026-11-23T23:00:00Z", undefined, ["Meeting now, until 7:30 pm"]],
  ["as it ends", "monday", "2026-11-24T00:29:59Z", undefined, ["Meeting now, until 7:30 pm"]],
  ["when it is over", "monday", "2026-11-24T00:30:00Z", undefined, ["Next meeting: Monday 30 November, 6:00–7:30 pm, in 7 days"]],
  ["where the reader's clock shows another time", "monday", MORNING, "Europe/London",
    ["Next meeting: Monday 23 November, 6:00–7:30 pm", "Where you are: 11:00 pm–12:30 am, today"]],
  ["where the reader's calendar shows another day", "monday", MORNING, "Asia/Tokyo",
    ["Next meeting: Monday 23 November, 6:00–7:30 pm", "Where you are: Tuesday 24 November, 8:00–9:30 am, tomorrow"]],
  ["in progress elsewhere", "monday", "2026-11-23T23:10:00Z", "Asia/Tokyo",
    ["Meeting now, until 7:30 pm", "Where you are: Tuesday 24 November, 8:00–9:30 am"]],
  ["where another zone's clock shows the same", "monday", MORNING, "America/Toronto", ["Next meeting: Monday 23 November, 6:00–7:30 pm, today"]],
  ["in a zone whose rules have changed lately", "vancouver", MORNING, undefined,
    ["Next meeting: Tuesday 24 November, 7:00–8:30 pm", "Where you are: 9:00–10:30 pm, tomorrow"]],
  ["on the clock of that zone after the change", "vancouver", "2027-07-05T12:00:00Z", "Etc/GMT+7", ["Next meeting: Tuesday 6 July, 7:00–8:30 pm, tomorrow"]],
  ["across the group's midnight", "kolkata", "2026-11-23T18:40:00Z", "UTC", ["Meeting now, until 1 am", "Where you are: 5:30–7:30 pm"]],
  ["cancelled before", "cancelled", MORNING, undefined,
    ["Cancelled: Monday 23 November, Monday 30 November", "Next meeting: Monday 7 December, 6:00–7:30 pm, in 2 weeks"]],
  ["cancelled often", "closed", MORNING, undefined,
    ["Cancelled: Monday 23 November – Monday 28 December", "Next meeting: Monday 4 January, 6:00–7:30 pm, in 6 weeks"]],
  ["changed", "changed", MORNING, undefined, ["Next meeting: Tuesday 24 November, 5–6 pm, tomorrow", "Not as usual"]],
  ["extra", "changed", "2026-12-01T12:00:00Z", undefined, ["Next meeting: Wednesday 2 December, 5–6 pm, tomorrow", "Extra meeting"]],
  ["on a holiday", "holiday", MORNING, undefined, ["Next meeting: Thursday 26 November, 6:00–7:30 pm, in 3 days", "Thanksgiving, check first"]],
  ["at noon", "noon", MORNING, undefined, ["Next meeting: Monday 23 November, 11 am–noon, today"]],
  ["at noon, which is midnight elsewhere", "noon", MORNING, "Asia/Bangkok",
    ["Next meeting: Monday 23 November, 11 am–noon", "Where you are: 11 pm–midnight, today"]],
  ["without an end", "no-end", MORNING, undefined, ["Next meeting: Monday 23 November, 6 pm, today"]],
  ["begun without an end", "no-end", "2026-11-23T23:30:00Z", undefined, ["A meeting began at 6 pm"]],
  ["without hours", "no-hours", MORNING, "Asia/Tokyo", ["Next meeting: Tuesday 1 December, in 8 days"]],
  ["the last of a cohort", "cohort", "2026-11-24T12:00:00Z", undefined, ["Next meeting: Monday 30 November, 6:00–7:30 pm, in 6 days"]],
  ["after the last of a cohort", "cohort", "2026-12-01T00:30:00Z", undefined, []],
  ["of a group that is over", "over", MORNING, undefined, []],
  ["of words that are no dates", "words", MORNING, undefined, []],
  ["after three years", "monday", "2029-11-28T12:00:00Z", undefined, []],
]) {
  test(`the next meeting: ${what}`, async () => assert.deepEqual(await told(slug, now, zone), lines));
}

test("a page that stays open follows the clock", async () => {
  const page = await browser.newPage({ timezoneId: "America/New_York", locale: "en-US" });
  await page.clock.install({ time: new Date("2026-11-23T22:59:00Z") });
  await page.goto(address("monday"));
  assert.deepEqual(await said(page), ["Next meeting: Monday 23 November, 6:00–7:30 pm, today"]);
  await page.clock.runFor(61_000);
  assert.deepEqual(await said(page), ["Meeting now, until 7:30 pm"]);
  await page.clock.runFor(91 * 60_000);
  assert.deepEqual(await said(page), ["Next meeting: Monday 30 November, 6:00–7:30 pm, in 7 days"]);
  await page.clock.runFor(5 * 3_600_000);
  assert.deepEqual(await said(page), ["Next meeting: Monday 30 November, 6:00–7:30 pm, in 6 days"]);
  // A sleeping phone runs no timers; it tells when it wakes up.
  await page.clock.setSystemTime(new Date("2026-11-30T23:30:00Z"));
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  assert.deepEqual(await said(page), ["Meeting now, until 7:30 pm"]);
  await page.context().close();
});

test("without JavaScript there is no empty place, and nothing is missing", async () => {
  const page = await open(browser, { javaScriptEnabled: false });
  await page.goto(address("monday"));
  assert.equal(await page.locator(".next").isVisible(), false);
  assert.equal((await page.locator(".next").boundingBox()), null);
  const when = page.locator("dt", { hasText: /^When$/ }).locator("+ dd");
  assert.match(await when.innerText(), /^Mondays, 6–7:30 pm/);
});

test("the next meeting pushes nothing about, leaves no trace and is no live region", async () => {
  const page = await open(browser, { bypassCSP: false });
  await page.addInitScript(() => {
    Object.assign(globalThis, { shift: 0 });
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => (globalThis.shift += entry.value))).observe({ type: "layout-shift", buffered: true });
  });
  const heard = listen(page, server.origin);
  for (const slug of ["monday", "vancouver", "holiday"]) {
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(address(slug));
      await page.locator(".next:not([hidden])").waitFor();
      await page.waitForTimeout(50);
      const shift = await page.evaluate(() => globalThis.shift);
      assert.ok(shift < 0.05, `${slug}, ${width} px: ${shift}`);
    }
  }
  assert.equal(await page.locator("[aria-live], [role=status], [role=alert]").count(), 0);
  assert.deepEqual(heard(), []);
  assert.deepEqual(await traces(page), []);
});

test("axe finds nothing where the next meeting is told", async () => {
  const page = await open(browser, { bypassCSP: true, timezoneId: "Asia/Tokyo" });
  for (const slug of ["cancelled", "vancouver"]) {
    await page.goto(address(slug));
    assert.deepEqual(await axe(page), [], slug);
  }
});

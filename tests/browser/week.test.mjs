// The week page: true of any week as it is built, and the next seven days where scripts run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "./axe.mjs";
import { launch, open } from "./browser.mjs";
import { listen, traces } from "./privacy.mjs";
import { serve } from "./server.mjs";
import { build } from "./site.mjs";

const GROUPS = {
  "aa-monday": "schedule: Mondays, 6–7:30 pm",
  "bb-daily": "schedule: daily, 7–8 am",
  "cc-vancouver": "schedule: Tuesdays, 7–8:30 pm\ntimezone: America/Vancouver\nformat: online",
  "dd-cancelled": "schedule: Wednesdays, 6–7:30 pm\ncancelled: [{date: 2026-11-25}]",
  "ee-moved": "schedule: Wednesdays, 6–7:30 pm\nchanged: [{date: 2026-11-25, to_date: 2026-11-28, time: 9–10 am}]",
  "ff-extra": "schedule: first Monday of the month, 6–7:30 pm\nextra: [{date: 2026-11-27, time: 5–6 pm}]",
  "gg-later": "schedule: first Monday of the month, 6–7:30 pm",
  "gg-latest": "schedule: second Sunday of the month, 6–7 pm",
  "gh-sooner": "schedule: first Sunday of the month, 8–9 pm",
  "hh-month": "schedule: the 25th of the month, 6–7:30 pm",
  "ii-two": "schedule: Monday and Thursday, noon–1 pm\ncancelled: [{date: 2026-11-26}]",
  "jj-night": "schedule: Sundays, 11 pm–2 am",
};

const browser = await launch();
const server = await serve({ "/": build({ groups: GROUPS }).output });
test.after(() => server.close());

/** Each heading with what stands under it of the groups above, in order. */
async function read(page) {
  const sections = await page.locator("main section:has(.times)").evaluateAll((all) => all.map((section) => [
    section.querySelector("h2").textContent,
    [...section.querySelectorAll("li")].filter((row) => /^The \w\w-/.test(row.querySelector("a").textContent))
      .map((row) => row.innerText.replace(/[\u2060]/g, "").replace(/\u00a0/g, " ").split(/\n+/).map((line) => line.trim())),
  ]));
  return sections.map(([title, rows]) => [title, rows.map((row) => row.map((line) => line.replace(/^The (\w\w)-.*$/, "$1")))]);
}

async function week(now, settings = {}) {
  const page = await open(browser, { now, ...settings });
  await page.goto(`${server.origin}/week/`);
  const found = await read(page);
  await page.context().close();
  return found;
}

/** The groups of a day with their hours. */
const short = (sections) => sections.map(([title, rows]) => [title, rows.map(([hours, name]) => `${name} ${hours}`)]);

test("with JavaScript off every group stands under its weekdays", async () => {
  const sections = short(await week(undefined, { javaScriptEnabled: false }));
  assert.deepEqual(sections.map(([title]) => title).slice(0, 7), ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]);
  const on = Object.fromEntries(sections);
  assert.deepEqual(on.Monday, ["bb 7–8 am", "ii noon–1 pm", "aa 6:00–7:30 pm", "ff 6:00–7:30 pm", "gg 6:00–7:30 pm"]);
  assert.deepEqual(on.Wednesday, ["bb 7–8 am", "dd 6:00–7:30 pm", "ee 6:00–7:30 pm"]);
});

test("the seven days begin with today and hold what takes place on them", async () => {
  const sections = await week("2026-11-23T15:00:00Z");
  assert.deepEqual(short(sections).slice(0, 7), [
    ["Monday 23 November, today", ["bb 7–8 am", "ii noon–1 pm", "aa 6:00–7:30 pm"]],
    ["Tuesday 24 November, tomorrow", ["bb 7–8 am", "cc 7:00–8:30 pm"]],
    ["Wednesday 25 November", ["bb 7–8 am", "dd 6:00–7:30 pm", "hh 6:00–7:30 pm"]],
    ["Thursday 26 November", ["bb 7–8 am", "ii noon–1 pm"]],
    ["Friday 27 November", ["bb 7–8 am", "ff 5–6 pm"]],
    ["Saturday 28 November", ["bb 7–8 am", "ee 9–10 am"]],
    ["Sunday 29 November", ["bb 7–8 am", "jj 11 pm–2 am"]],
  ]);
  const rows = Object.fromEntries(sections.flatMap(([title, rows]) => rows.map((row) => [`${title.split(" ")[0]} ${row[1]}`, row.slice(2)])));
  assert.deepEqual(rows["Monday bb"][0], "Over for today");
  assert.deepEqual(rows["Tuesday cc"][0], "Where you are: 9:00–10:30 pm");
  assert.deepEqual(rows["Wednesday dd"][0], "Does not happen");
  assert.deepEqual(rows["Thursday ii"][0], "Does not happen");
  assert.deepEqual(rows["Friday ff"][0], "Extra meeting");
  assert.deepEqual(rows["Saturday ee"][0], "Not as usual");
});

test("groups that do not meet on these days stand after them, once, in the order of their next dates", async () => {
  const sections = await week("2026-11-23T15:00:00Z");
  const [title, rows] = sections[7];
  assert.equal(title, "Not in these seven days");
  assert.deepEqual(rows.map((row) => [row[1], row[2]]), [
    ["gh", "Next meeting: Sunday 6 December"],
    ["gg", "Next meeting: Monday 7 December"],
    ["gg", "Next meeting: Sunday 13 December"],
  ]);
  assert.equal(sections.length, 8);
});

test("what goes on since yesterday is told first", async () => {
  const sections = short(await week("2026-11-23T05:30:00Z"));
  assert.deepEqual(sections[0], ["Sunday 22 November, yesterday", ["jj 11 pm–2 am"]]);
  assert.equal(sections[1][0], "Monday 23 November, today");
  assert.deepEqual(short(await week("2026-11-23T07:00:00Z"))[0][0], "Monday 23 November, today");
});

test("a reader ahead of the groups' clocks misses nothing of their evening", async () => {
  const sections = await week("2026-11-23T23:30:00Z", { timezoneId: "Asia/Tokyo" });
  const [title, rows] = sections[0];
  assert.equal(title, "Monday 23 November, yesterday");
  assert.deepEqual(rows, [["6:00–7:30 pm", "aa", "Meeting now, until 7:30 pm", ...rows[0].slice(3)]]);
  const vancouver = sections.flatMap(([, rows]) => rows).find((row) => row[1] === "cc");
  assert.equal(vancouver[2], "Where you are: Wednesday 25 November, 11:00 am–12:30 pm");
});

test("a page that stays open turns with the day", async () => {
  const page = await open(browser, { now: "2026-11-23T15:00:00Z" });
  await page.goto(`${server.origin}/week/`);
  await page.clock.setFixedTime("2026-11-25T15:00:00Z");
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  const titles = (await read(page)).map(([title]) => title);
  assert.deepEqual(titles.slice(0, 2), ["Wednesday 25 November, today", "Thursday 26 November, tomorrow"]);
  assert.equal(new Set(titles).size, titles.length);
});

test("the week leaves no trace, breaks no policy, and axe finds nothing", async () => {
  const page = await open(browser, { timezoneId: "Europe/London" });
  const heard = listen(page, server.origin);
  await page.goto(`${server.origin}/week/`);
  assert.deepEqual(heard(), []);
  assert.deepEqual(await traces(page), []);
  const bare = await open(browser, { bypassCSP: true, timezoneId: "Europe/London" });
  await bare.goto(`${server.origin}/week/`);
  assert.deepEqual(await axe(bare), []);
});

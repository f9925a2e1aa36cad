// Every calendar means to another reader what it means to us: the same instants over three years.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { meetings } from "./calendar.mjs";
import { build, NOW, ROUNDTABLE } from "./site.mjs";

const { from, to, cases } = JSON.parse(readFileSync(new URL("fixtures/calendars.json", import.meta.url)));

for (const { name, calendar, meetings: expected } of cases) {
  test(`a calendar is read as it is meant: ${name}`, () => {
    assert.deepEqual(meetings(calendar, from, to), expected);
  });
}

const { source, output } = build({ extra: false });
const DAYS = 1000;
const now = NOW.replace(":00Z", "Z");
const then = new Date(Date.parse(NOW) + DAYS * 86_400_000).toISOString().slice(0, 10);
const read = (path) => readFileSync(join(output, path), "utf8");
const ahead = (path) => meetings(read(path), now, then).filter((one) => one < then);

/** What `roundtable list` tells of each group, in the same words. */
function listed() {
  const asked = ["list", source, "--upcoming", String(DAYS), "--now", NOW, "--format", "json"];
  const list = JSON.parse(execFileSync(ROUNDTABLE, asked, { maxBuffer: 1 << 26 })).filter((one) => !one.cancelled);
  const groups = new Map();
  for (const { slug, start, end } of list) {
    const instant = new Date(start).toISOString().replace(":00.000Z", "Z");
    const said = `${instant} ${end ? (Date.parse(end) - Date.parse(start)) / 60_000 : 0}`;
    if (said < then) groups.set(slug, [...(groups.get(slug) ?? []), said]);
  }
  for (const all of groups.values()) all.sort();
  return groups;
}

test("the calendars of a whole site tell the meetings that are told elsewhere", () => {
  const groups = listed();
  assert.ok(groups.size > 20, `${groups.size} groups meet`);
  const all = [];
  for (const [slug, expected] of groups) {
    assert.deepEqual(ahead(`groups/${slug}/calendar.ics`), expected, slug);
    if (!read(`groups/${slug}/index.html`).includes("noindex")) all.push(...expected);
  }
  assert.deepEqual(ahead("calendar.ics"), all.sort());
});

test("every calendar of a whole site can be read, and a value's tells nothing that the site's does not", () => {
  const paths = readdirSync(output, { recursive: true }).filter((path) => path.endsWith("calendar.ics"));
  const all = new Set(ahead("calendar.ics"));
  for (const path of paths) {
    const own = ahead(path);
    if (path.startsWith("by/")) assert.ok(own.every((one) => all.has(one)), path);
  }
  assert.ok(paths.some((path) => path.startsWith("by/")) && paths.length > 50);
});

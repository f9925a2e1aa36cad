// What a whole site tells of its meetings, it tells everywhere alike: each group's page, the form that its scripts read and
// the week page, against `roundtable list`. (The calendars are held against the same list in calendar.test.mjs.)
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { meetings } from "../../themes/default/js/meetings.js";
import { build, NOW, ROUNDTABLE } from "./site.mjs";

const { source, output } = build({ extra: false });
const asked = ["list", source, "--upcoming", "400", "--now", NOW, "--format", "json"];
const listed = bySlug(JSON.parse(execFileSync(ROUNDTABLE, asked, { maxBuffer: 1 << 26 })));
const page = (path) => readFileSync(join(output, path, "index.html"), "utf8");
const minute = (time) => Date.parse(time) / 60_000;
const [now, then] = [minute(NOW), minute(NOW) + 400 * 1440];
const CANCELLED = 1;

function bySlug(all) {
  const groups = new Map();
  for (const one of all) groups.set(one.slug, [...(groups.get(one.slug) ?? []), one]);
  return groups;
}

/** The meetings of a form that begin when the listed ones do, in the words of `told`. */
function formed(html) {
  const unescaped = html.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
  const found = meetings(JSON.parse(unescaped), now, then).filter(({ start }) => start >= now && start < then);
  return found.map(({ start, end, state }) => `${start} ${end || start} ${state === CANCELLED}`).sort();
}

const told = (all) => all.map(({ start, end, cancelled }) => `${minute(start)} ${minute(end ?? start)} ${cancelled}`).sort();
const forms = (html) => [...html.matchAll(/data-timetable="([^"]*)"/g)].map(([, form]) => form);

test("the form on each group's page gives the meetings that are listed, the cancelled ones as cancelled", () => {
  assert.ok(listed.size > 20, `${listed.size} groups meet`);
  for (const [slug, all] of listed) {
    const [form] = forms(page(`groups/${slug}`));
    assert.deepEqual(formed(form), told(all), slug);
  }
});

test("the dates on each group's page are those that are listed, in order, and what is struck out is what is cancelled", () => {
  let [count, struck] = [0, 0];
  for (const [slug, all] of listed) {
    const dates = page(`groups/${slug}`).match(/<h3>Dates<\/h3>\s*<ol class="dates"[^]*?<\/ol>/)?.[0] ?? "";
    const rows = [...dates.matchAll(/<li[^]*?<\/li>/g)].map(([row]) => row).filter((row) => /<time datetime="\d{4}-\d\d-\d\d"/.test(row));
    // A run of cancelled meetings is one row.
    const single = rows.filter((row) => (row.match(/<time /g) ?? []).length === 1 && !row.includes("No meetings"));
    const found = single.map((row) => `${row.match(/datetime="([^"]*)"/)[1]} ${row.includes("<s>")}`);
    const expected = all.map(({ start, cancelled }) => `${start.slice(0, 10)} ${cancelled}`);
    for (const one of found) assert.ok(expected.includes(one), `${slug}: ${one}`);
    assert.deepEqual(found, found.toSorted(), `${slug}, in order`);
    const happens = found.filter((one) => one.endsWith("false"));
    assert.deepEqual(happens, expected.filter((one) => one.endsWith("false")).slice(0, happens.length), slug);
    count += found.length;
    struck += found.length - happens.length;
  }
  assert.ok(count > 150 && struck > 3, `${count} dates, ${struck} of them cancelled`);
});

test("the week page's rows together give the meetings that are listed", () => {
  const week = page("week");
  const matches = week.matchAll(/<li data-timetable="([^"]*)"[^]*?href="\.\.\/groups\/([^/"]*)\//g);
  const rows = bySlug([...matches].map(([, form, slug]) => ({ form, slug })));
  for (const [slug, all] of listed) {
    if (page(`groups/${slug}`).includes("noindex")) {
      assert.ok(!rows.has(slug), `${slug} is not for everybody`);
      continue;
    }
    const found = new Set(rows.get(slug)?.flatMap(({ form }) => formed(form)));
    assert.deepEqual([...found].sort(), told(all), slug);
  }
  for (const slug of rows.keys()) assert.ok(existsSync(join(output, "groups", slug, "index.html")), slug);
});

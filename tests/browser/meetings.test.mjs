// The browser's own expansion, without a browser: on every timetable of the fixtures it gives what the program gives.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ahead, meetings, wall } from "../../themes/default/js/meetings.js";

const { cases } = JSON.parse(readFileSync(new URL("../fixtures/meetings.json", import.meta.url), "utf8"));
const numbers = (/** @type {any[]} */ all) => all.map(({ start, end, state }) => [start, end || start, state]);
const inOrder = (/** @type {number[][]} */ all) => all.toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);

test("the browser and the program agree on every meeting of three years", () => {
  let count = 0;
  for (const { name, form, meetings: wanted } of cases) {
    assert.deepEqual(inOrder(numbers(meetings(form, -Infinity, Infinity))), wanted, name);
    count += wanted.length;
  }
  assert.ok(cases.length >= 40 && count > 3000, `${cases.length} timetables, ${count} meetings`);
});

test("a stretch of time gives the meetings that begin in it", () => {
  for (const { name, form, meetings: wanted } of cases) {
    for (const [start] of wanted.filter((_, at) => at % 17 === 0)) {
      const within = wanted.filter(([at]) => at >= start && at <= start + 20_000);
      assert.deepEqual(inOrder(numbers(meetings(form, start, start + 20_000))), within, `${name} from ${start}`);
    }
  }
});

test("the next meeting is the first that takes place and is not over, after those cancelled before it", () => {
  for (const { name, form, meetings: wanted } of cases) {
    for (const [, end] of wanted.filter((_, at) => at % 29 === 0)) {
      const found = ahead(form, end);
      const states = found.map(({ state }) => state);
      assert.ok(states.slice(0, -1).every((state) => state === 1), name);
      const next = wanted.find(([start, over, state]) => state !== 1 && start >= end && over > start);
      const last = found.at(-1);
      if (next && last && last.state !== 1) assert.ok(last.start <= next[0], `${name} at ${end}`);
      if (next) assert.ok(last && last.state !== 1, `${name} at ${end}`);
    }
  }
});

test("a form of another version is not guessed at", () => {
  const [, ...rest] = cases[0].form;
  assert.deepEqual(meetings([2, ...rest], -Infinity, Infinity), []);
  assert.deepEqual(ahead([2, ...rest], 0), []);
});

test("a clock shows the offset of the instant", () => {
  const zone = [-300, 1000, -240];
  assert.deepEqual([wall(zone, 999), wall(zone, 1000)], [699, 760]);
});

// The machine's own zone is none of the expansion's business.
for (const TZ of process.env.ROUNDTABLE_ZONE ? [] : ["UTC", "Asia/Tokyo", "America/Vancouver"]) {
  test(`the same on a machine in ${TZ}`, () => {
    const { NODE_TEST_CONTEXT, ...env } = process.env;
    execFileSync(process.execPath, ["--test", new URL(import.meta.url).pathname], { env: { ...env, TZ, ROUNDTABLE_ZONE: TZ } });
  });
}

// Every calendar means to another reader what it means to us: the same instants over three years.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { meetings } from "./calendar.mjs";

const { from, to, cases } = JSON.parse(await readFile(new URL("fixtures/calendars.json", import.meta.url)));

for (const { name, calendar, meetings: expected } of cases) {
  test(`a calendar is read as it is meant: ${name}`, () => {
    assert.deepEqual(meetings(calendar, from, to), expected);
  });
}

// @ts-check
// When a group meets, from the numbers that its page carries: they are told in src/timetable/compact. Knows no page, no
// clock and no zone but the one given. Instants and days are counted from 1970-01-01 in UTC, instants in minutes.

export const DAY = 1440;

/** @typedef {[unit: number, every: number, on: number[], months: number, first: number, last: number, start: number, length: number, zone: number, exceptions: number[]]} Rule */
/** @typedef {[version: number, zones: number[][], rules: Rule[], singles: number[][]]} Timetable */
/**
 * `end` is 0 where nobody told it; `state` 0 as planned, 1 cancelled, 2 online only, 3 on a holiday; `origin` 1 changed,
 * 2 extra; `day` that on which it begins in its zone.
 * @typedef {{start: number, end: number, hours: boolean, state: number, origin: number, zone: number[], day: number}} Meeting
 */

/** What the wall clock of a zone shows at an instant, as the instant at which UTC shows the same. */
export function wall(/** @type {number[]} */ zone, /** @type {number} */ at) {
  let offset = zone[0];
  for (let i = 1; i < zone.length && zone[i] <= at; i += 2) offset = zone[i + 1];
  return at + offset;
}

/** The instant at which a wall clock first shows a time, or would if it were not set forward over it. */
function instant(/** @type {number[]} */ zone, /** @type {number} */ local) {
  let offset = zone[0];
  for (let i = 1; i < zone.length && local >= zone[i] + Math.max(offset, zone[i + 1]); i += 2) offset = zone[i + 1];
  return local - offset;
}

const utc = (/** @type {number} */ day) => new Date(day * 864e5);
/** The number of a day's week; the first Monday was day 4. */
const week = (/** @type {number} */ day) => Math.floor((day - 4) / 7);
const monthOf = (/** @type {Date} */ date) => date.getUTCFullYear() * 12 + date.getUTCMonth();

function falls(/** @type {Rule} */ [unit, every, on, months, first], /** @type {number} */ day) {
  const date = utc(day);
  const count = unit > 1 ? monthOf(date) - monthOf(utc(first)) : unit ? week(day) - week(first) : day - first;
  if (count % every || (months && !(months & (2 << date.getUTCMonth())))) return false;
  const number = date.getUTCDate();
  // Days to the end of the month, this one too.
  const left = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1 - number)).getUTCDate();
  const weekday = ((day + 3) % 7) + 1;
  const nth = (/** @type {number} */ days) => 8 * Math.ceil(days / 7);
  // Whatever a rule may call this day.
  const names = [[], [weekday], [weekday + nth(number), weekday - nth(left)], [number, left > 1 ? 0 : -1]][unit];
  return !unit || names.some((name) => on.includes(name));
}

/**
 * The meetings, cancelled ones too, that begin from one instant to another, in order.
 * @param {Timetable} timetable @param {number} from @param {number} to @returns {Meeting[]}
 */
export function meetings([version, zones, rules, singles], from, to) {
  if (version !== 1) return [];
  const all = [...singles];
  for (const rule of rules) {
    const [, , , , first, last, clock, length, at, exceptions] = rule;
    for (let day = Math.max(first, Math.floor(from / DAY) - 2); day <= Math.min(last, to / DAY + 2); day++) {
      const run = exceptions.findIndex((from, i) => i % 3 === 0 && day >= from && day < from + exceptions[i + 1]);
      const state = run < 0 ? 0 : exceptions[run + 2];
      if (state > 3 || !falls(rule, day)) continue;
      const start = instant(zones[at], day * DAY + clock);
      const end = instant(zones[at], day * DAY + clock + length);
      // An end that the clocks put before the beginning keeps its distance from it.
      all.push([start, end > start ? end - start : length, state, at, 0]);
    }
  }
  return all.filter(([start]) => start >= from && start <= to).sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .map(([start, length, state, at, origin]) => ({
      start, end: length > 0 ? start + length : 0, hours: length >= 0, state, origin, zone: zones[at], day: Math.floor(wall(zones[at], start) / DAY),
    }));
}

/** When a meeting is over. One whose end nobody told is given an hour, one without hours its day. */
export const over = (/** @type {Meeting} */ { start, end, hours }) => end || start + (hours ? 60 : DAY);

/**
 * The next meeting that takes place, which may have begun, after the cancelled ones before it; where none takes place any
 * more, all that are cancelled.
 * @param {Timetable} timetable @param {number} now
 */
export function ahead(timetable, now) {
  const look = (/** @type {number} */ days) => meetings(timetable, now - 2 * DAY, now + days * DAY).filter((meeting) => over(meeting) > now);
  const happens = (/** @type {Meeting} */ { state }) => state !== 1;
  // Most groups meet within a week; the longer looks are for the others.
  let all = look(8);
  for (const days of [40, 200, 1200]) if (!all.some(happens)) all = look(days);
  return all.slice(0, (all.findIndex(happens) + 1) || all.length);
}

// @ts-check
// When a group meets, from the numbers that its page carries: they are told in src/timetable/compact. Knows no page, no
// clock and no zone but the one given. Instants and days are counted from 1970-01-01 in UTC, instants in minutes.

const DAY = 1440;

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

/** The number of a day's week; the first Monday was day 4. */
const week = (/** @type {number} */ day) => Math.floor((day - 4) / 7);

const utc = (/** @type {number} */ day) => new Date(day * 864e5);

function falls(/** @type {Rule} */ [unit, every, on, months, first], /** @type {number} */ day) {
  const date = utc(day);
  const began = utc(first);
  const month = date.getUTCMonth();
  if (months && !((months >> (month + 1)) & 1)) return false;
  if (unit < 2 ? (unit ? week(day) - week(first) : day - first) % every
    : ((date.getUTCFullYear() - began.getUTCFullYear()) * 12 + month - began.getUTCMonth()) % every) return false;
  const weekday = ((day + 3) % 7) + 1;
  if (unit < 2) return !unit || on.includes(weekday);
  const number = date.getUTCDate();
  const left = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate() - number;
  return unit > 2
    ? on.includes(number) || (!left && on.includes(-1))
    : on.includes(weekday + 8 * Math.ceil(number / 7)) || on.includes(weekday - 8 * Math.ceil((left + 1) / 7));
}

/**
 * The meetings, cancelled ones too, that begin from one instant to another, in order.
 * @param {Timetable} timetable @param {number} from @param {number} to @returns {Meeting[]}
 */
export function meetings([version, zones, rules, singles], from, to) {
  if (version !== 1) return [];
  const found = /** @type {Meeting[]} */ ([]);
  const add = (/** @type {number} */ start, /** @type {number} */ end, /** @type {number} */ length, /** @type {number} */ state, /** @type {number} */ at, origin = 0) => {
    const zone = zones[at];
    if (start < from || start > to) return;
    found.push({ start, end: length > 0 ? end : 0, hours: length >= 0, state, origin, zone, day: Math.floor(wall(zone, start) / DAY) });
  };
  for (const rule of rules) {
    const [, , , , first, last, start, length, at, exceptions] = rule;
    for (let day = Math.max(first, Math.floor(from / DAY) - 2); day <= Math.min(last, to / DAY + 2); day++) {
      if (!falls(rule, day)) continue;
      let state = 0;
      for (let i = 0; i < exceptions.length; i += 3) {
        if (day >= exceptions[i] && day < exceptions[i] + exceptions[i + 1]) state = exceptions[i + 2];
      }
      if (state > 3) continue;
      const begins = instant(zones[at], day * DAY + start);
      const ends = instant(zones[at], day * DAY + start + length);
      add(begins, ends > begins ? ends : begins + length, length, state, at);
    }
  }
  for (const [start, length, state, at, origin] of singles) add(start, start + length, length, state, at, origin);
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** When a meeting is over. One whose end nobody told is given an hour, one without hours its day. */
export const over = (/** @type {Meeting} */ { start, end, hours }) => end || start + (hours ? 60 : DAY);

/**
 * The next meeting that takes place, which may have begun, after the cancelled ones before it; where none takes place any
 * more, all that are cancelled.
 * @param {Timetable} timetable @param {number} now
 */
export function ahead(timetable, now) {
  // Most groups meet within weeks; the long look is for the others.
  for (const days of [40, 1200]) {
    const all = meetings(timetable, now - 2 * DAY, now + days * DAY).filter((meeting) => over(meeting) > now);
    const next = all.findIndex(({ state }) => state !== 1);
    if (next >= 0 || days > 40) return next < 0 ? all : all.slice(0, next + 1);
  }
  return [];
}

// @ts-check
// Says under a group's sentence when it meets next, by the reader's clock. The page is complete without it.

import { ahead, over, wall } from "./meetings.js";
import { DAY, dateOf, dayOf, distance, fill, hoursOf, notes, own } from "./words.js";

/** @typedef {import("./meetings.js").Meeting} Meeting */

const place = /** @type {HTMLElement} */ (document.querySelector(".next"));
const timetable = JSON.parse(place.dataset.timetable ?? "");
const words = /** @type {import("./words.js").Words} */ (JSON.parse(place.dataset.words ?? ""));

/** So many cancelled dates are told one by one. */
const FEW = 3;
let timer = 0;

function sentences(/** @type {Meeting[]} */ dates, /** @type {number} */ now) {
  const date = (/** @type {Meeting} */ { start, zone }) => dateOf(words, wall(zone, start), now);
  const cancelled = dates.filter(({ state }) => state === 1);
  const next = dates[cancelled.length];
  const said = /** @type {string[]} */ ([]);
  if (cancelled.length > FEW) said.push(fill(words.cancelled_many, { count: cancelled.length }));
  else if (cancelled.length) said.push(fill(words.cancelled, { dates: cancelled.map(date).join(", ") }));
  if (!next) return said;

  const theirs = (/** @type {number} */ at) => wall(next.zone, at);
  const elsewhere = next.hours && own(next.start) !== theirs(next.start);
  const shows = elsewhere ? own : theirs;
  if (next.hours && next.start <= now) {
    const time = hoursOf(words, { ...next, start: next.end || next.start, end: 0 }, shows);
    const running = fill(next.end ? words.now : words.begun, { time });
    said.push(elsewhere ? fill(words.there, { words: running }) : running);
  } else {
    const when = distance(dayOf(shows(next.start)) - dayOf(shows(now)));
    const meeting = (/** @type {(at: number) => number} */ shows) =>
      [dateOf(words, shows(next.start), now), next.hours && hoursOf(words, next, shows)];
    const told = (/** @type {(string | false)[]} */ parts) => ({ meeting: parts.filter(Boolean).join(", ") });
    said.push(fill(words.next, told([...meeting(theirs), !elsewhere && when])));
    if (elsewhere) said.push(fill(words.here, told([...meeting(own), when])));
  }
  return [...said, ...notes(words, next, dayOf(theirs(next.start)))];
}

function show() {
  const now = Math.floor(Date.now() / 6e4);
  const dates = ahead(timetable, now);
  const lines = sentences(dates, now).map((line) => Object.assign(document.createElement("p"), { textContent: line }));
  place.replaceChildren(...lines);
  place.hidden = !lines.length;
  const midnight = now + DAY - (own(now) % DAY);
  const change = Math.min(midnight, ...dates.flatMap((meeting) => [meeting.start, over(meeting)]).filter((at) => at > now));
  clearTimeout(timer);
  timer = setTimeout(show, change * 6e4 - Date.now());
}

show();
document.addEventListener("visibilitychange", () => document.hidden || show());

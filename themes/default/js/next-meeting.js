// @ts-check
// Says under a group's sentence when it meets next, by the reader's clock. The page is complete without it.

import { ahead, over, wall } from "./meetings.js";
import { DAY, dateOf, dayOf, distance, fill, hoursOf, notes, own } from "./words.js";

/** @typedef {import("./meetings.js").Meeting} Meeting */
/** @typedef {import("./words.js").Clock} Clock */

const place = /** @type {HTMLElement} */ (document.querySelector(".next"));
const timetable = JSON.parse(place.dataset.timetable ?? "");
const words = /** @type {import("./words.js").Words} */ (JSON.parse(place.dataset.words ?? ""));
let timer = 0;

function lines(/** @type {Meeting[]} */ dates, /** @type {number} */ now) {
  const said = /** @type {string[]} */ ([]);
  const cancelled = dates.filter(({ state }) => state === 1);
  const count = cancelled.length;
  const next = dates[count];
  if (count) {
    const days = cancelled.map(({ start, zone }) => dateOf(words, wall(zone, start), now));
    said.push(fill(count > 3 ? words.many_cancelled : words.cancelled, { count, dates: days.join(", ") }));
  }
  if (!next) return said;
  const { start, end, hours, zone } = next;
  const theirs = (/** @type {number} */ at) => wall(zone, at);
  const differs = hours && own(start) !== theirs(start);
  const reader = differs ? own : theirs;
  const meeting = (/** @type {Clock} */ shows) =>
    [dateOf(words, shows(start), now), hours && hoursOf(words, shows, start, end), shows === reader && distance(dayOf(shows(start)) - dayOf(shows(now)))]
      .filter(Boolean).join(", ");
  if (hours && start <= now) {
    said.push(fill(words[(end ? "now" : "begun") + (differs ? "_here" : "")], { time: hoursOf(words, reader, end || start) }));
  } else {
    said.push(fill(words.next, { meeting: meeting(theirs) }));
    if (differs) said.push(fill(words.here, { meeting: meeting(own) }));
  }
  return [...said, ...notes(words, next)];
}

function show() {
  const now = Math.floor(Date.now() / 6e4);
  const dates = ahead(timetable, now);
  place.replaceChildren(...lines(dates, now).map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  place.hidden = !dates.length;
  // What is said changes at midnight, when a meeting begins and when it is over.
  const changes = [now + DAY - (own(now) % DAY), ...dates.flatMap((meeting) => [meeting.start, over(meeting)])];
  clearTimeout(timer);
  timer = setTimeout(show, Math.min(...changes.filter((at) => at > now)) * 6e4 - Date.now());
}

show();
document.addEventListener("visibilitychange", () => document.hidden || show());

// @ts-check
// Tells meetings by the reader's clock, in the words of the page's language file, which stand in `data-words`. On a
// group's page it says under the sentence when the group meets next; the page is complete without it.

import { distance } from "./dates.js";
import { DAY, ahead, over, wall } from "./meetings.js";

/** @typedef {import("./meetings.js").Meeting} Meeting */
/** @typedef {(at: number) => number} Clock What it shows at an instant, as the instant at which UTC shows the same; in minutes. */

const page = /** @type {HTMLElement} */ (document.querySelector("[data-words]"));
/** @type {Record<string, string> & {holidays?: Record<number, string>}} */
export const words = JSON.parse(/** @type {string} */ (page.dataset.words));

export const minutes = () => Math.floor(Date.now() / 6e4);

/** The reader's own clock. @type {Clock} */
export const own = (at) => at - new Date(at * 6e4).getTimezoneOffset();

/** The number of a day. @type {Clock} */
export const dayOf = (local) => Math.floor(local / DAY);

/** A text with its places filled. */
export const fill = (/** @type {string} */ text, /** @type {Record<string, any>} */ places) =>
  text.replace(/\{(\w+)\}/g, (_, name) => places[name]);

// One for all dates: to make it takes longer than to use it. Of its parts the values are a type and a text.
const calendar = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });

/** "Tuesday 1 December". */
export const dateOf = (/** @type {number} */ local) =>
  fill(words.date, Object.fromEntries(calendar.formatToParts(local * 6e4).map(Object.values)));

/** "7:00–8:30 pm", "11 am–noon"; without an end "7 pm". No line ends in it. As in src/schedule/describe.rs. */
export function hoursOf(/** @type {Clock} */ shows, /** @type {number} */ start, end = 0) {
  const from = shows(start);
  const to = shows(end || start);
  const named = (/** @type {number} */ at) => !(at % 720) && (at % DAY ? words.noon : words.midnight);
  const half = (/** @type {number} */ at) => (at % DAY < 720 ? words.am : words.pm);
  const minutes = (/** @type {number} */ at) => (from % 60 || to % 60 ? `:${`0${at % 60}`.slice(-2)}` : "");
  const clock = (/** @type {number} */ at) => (Math.floor(at / 60) % 12 || 12) + minutes(at);
  const whole = (/** @type {number} */ at) => named(at) || `${clock(at)}\u00a0${half(at)}`;
  if (!end) return whole(from);
  const together = half(from) === half(to) && to - from < 720 && !named(from) && !named(to);
  return `${together ? clock(from) : whole(from)}\u2060–\u2060${whole(to)}`;
}

/** The date and hours of a meeting on a clock, and a last word. The reader's clock tells no date that is the same. */
export const momentOf = (/** @type {Meeting} */ { start, end, hours, day }, /** @type {Clock} */ shows, /** @type {string | false} */ when) =>
  [(shows !== own || dayOf(own(start)) !== day) && dateOf(shows(start)), hours && hoursOf(shows, start, end), when].filter(Boolean).join(", ");

/** What is different about a meeting that takes place. */
export const notes = (/** @type {Meeting} */ { state, origin, day }) => [
  ["", "", words.online, fill(words.holiday, { name: words.holidays?.[day] })][state],
  ["", words.changed, words.extra][origin],
].filter(Boolean);

/** What there is to say about the next meeting, line by line. */
function lines(/** @type {Meeting[]} */ dates, /** @type {number} */ now) {
  const said = /** @type {string[]} */ ([]);
  const cancelled = dates.filter(({ state }) => state === 1).map(({ day }) => dateOf(day * DAY));
  const next = dates[cancelled.length];
  if (next !== dates[0]) {
    said.push(fill(words.cancelled, { dates: cancelled.length > 3 ? `${cancelled[0]} – ${cancelled.at(-1)}` : cancelled.join(", ") }));
  }
  if (!next) return said;
  const { start, end, hours, zone } = next;
  const theirs = (/** @type {number} */ at) => wall(zone, at);
  const differs = hours && own(start) !== theirs(start);
  const shows = differs ? own : theirs;
  const isOn = hours && start <= now;
  const when = !isOn && distance(dayOf(shows(start)) - dayOf(shows(now)));
  const tell = (/** @type {string} */ text, /** @type {Clock} */ clock) =>
    said.push(fill(text, { meeting: momentOf(next, clock, clock === shows && when), time: hoursOf(clock, end || start) }));
  tell(!isOn ? words.next : end ? words.now : words.begun, theirs);
  if (differs) tell(words.here, own);
  return [...said, ...notes(next)];
}

let timer = 0;

function show() {
  const now = minutes();
  const dates = ahead(JSON.parse(/** @type {string} */ (page.dataset.timetable)), now);
  page.innerText = lines(dates, now).join("\n");
  page.hidden = false;
  if (!dates.length) return page.remove();
  // What is said changes at midnight, when a meeting begins and when it is over.
  const changes = [now + DAY - (own(now) % DAY), ...dates.flatMap((meeting) => [meeting.start, over(meeting)])];
  clearTimeout(timer);
  timer = setTimeout(show, Math.min(...changes.filter((at) => at > now)) * 6e4 - Date.now());
}

if (page.dataset.timetable) {
  show();
  document.addEventListener("visibilitychange", () => document.hidden || show());
}

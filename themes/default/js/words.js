// @ts-check
// Meetings in the words of the page's language file, which scripts find in `data-words`.

/** @typedef {import("./meetings.js").Meeting} Meeting */
/** @typedef {Record<string, string> & {holidays: Record<number, string>}} Words */
/** @typedef {(at: number) => number} Clock What it shows at an instant, as the instant at which UTC shows the same; in minutes. */

export const DAY = 1440;

/** The reader's own clock. @type {Clock} */
export const own = (at) => at - new Date(at * 6e4).getTimezoneOffset();

/** The number of a day. @type {Clock} */
export const dayOf = (local) => Math.floor(local / DAY);

/** A text with its places filled. */
export const fill = (/** @type {string} */ text, /** @type {Record<string, any>} */ places) =>
  text.replace(/\{(\w+)\}/g, (_, name) => places[name]);

const { lang } = document.documentElement;

/** "today", "in 8 days". */
export const distance = (/** @type {number} */ days) => new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(days, "day");

/** "Tuesday 1 December", with the year where it is none of the days that one has in mind. */
export function dateOf(/** @type {Words} */ words, /** @type {number} */ local, /** @type {number} */ now) {
  const date = new Date(local * 6e4);
  const name = (/** @type {"weekday" | "month"} */ part) => date.toLocaleDateString(lang, { [part]: "long", timeZone: "UTC" });
  return fill(local - now < 300 * DAY ? words.date : words.dated, {
    weekday: name("weekday"), day: date.getUTCDate(), month: name("month"), year: date.getUTCFullYear(),
  });
}

/** "7:00–8:30 pm"; without an end "7:00 pm". No line ends in it. */
export function hoursOf(/** @type {Words} */ words, /** @type {Clock} */ shows, /** @type {number} */ start, end = 0) {
  const half = (/** @type {number} */ at) => (shows(at) % DAY < DAY / 2 ? words.am : words.pm);
  const clock = (/** @type {number} */ at) => `${Math.floor(shows(at) / 60) % 12 || 12}:${`${shows(at) % 60}`.padStart(2, "0")}`;
  const whole = (/** @type {number} */ at) => `${clock(at)}\u00a0${half(at)}`;
  if (!end) return whole(start);
  return `${half(start) === half(end) && end - start < DAY / 2 ? clock(start) : whole(start)}\u2060–\u2060${whole(end)}`;
}

/** What is different about a meeting that takes place. */
export const notes = (/** @type {Words} */ words, /** @type {Meeting} */ { state, origin, day }) => [
  ["", "", words.online, fill(words.holiday, { name: words.holidays[day] })][state],
  ["", words.changed, words.extra][origin],
].filter(Boolean);

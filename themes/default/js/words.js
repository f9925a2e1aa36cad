// @ts-check
// Meetings in the words of the page's language file, which its scripts find in `data-words`.

/** @typedef {import("./meetings.js").Meeting} Meeting */
/** @typedef {Record<string, string> & {holidays: Record<number, string>}} Words */

export const DAY = 1440;
const { lang } = document.documentElement;

/** What the reader's own clock shows at an instant, as the instant at which UTC shows the same; both in minutes. */
export const own = (/** @type {number} */ at) => at - new Date(at * 6e4).getTimezoneOffset();

/** The number of a day. */
export const dayOf = (/** @type {number} */ local) => Math.floor(local / DAY);

/** A text with its places filled. */
export const fill = (/** @type {string} */ text, /** @type {Record<string, string | number>} */ places) =>
  text.replace(/\{(\w+)\}/g, (_, name) => `${places[name]}`);

/** "Tuesday 1 December", with the year where it is not that of a day that the reader has in mind. */
export function dateOf(/** @type {Words} */ words, /** @type {number} */ local, /** @type {number} */ now) {
  const date = new Date(local * 6e4);
  const part = (/** @type {Intl.DateTimeFormatOptions} */ wanted) => new Intl.DateTimeFormat(lang, { ...wanted, timeZone: "UTC" }).format(date);
  return fill(local - now < 300 * DAY ? words.date : words.date_year, {
    weekday: part({ weekday: "long" }), day: date.getUTCDate(), month: part({ month: "long" }), year: date.getUTCFullYear(),
  });
}

/** "today", "in 8 days". */
export function distance(/** @type {number} */ days) {
  const format = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
  return days > 20 ? format.format(Math.floor(days / 7), "week") : format.format(days, "day");
}

/** "7:00–8:30 pm" on the clock that `shows`; no line ends in it. */
export function hoursOf(/** @type {Words} */ words, /** @type {Meeting} */ { start, end }, /** @type {(at: number) => number} */ shows) {
  const isMorning = (/** @type {number} */ local) => local % DAY < DAY / 2;
  const clock = (/** @type {number} */ local) => `${Math.floor((local % DAY) / 60) % 12 || 12}:${`${local % 60}`.padStart(2, "0")}`;
  const half = (/** @type {number} */ local) => `\u00a0${isMorning(local) ? words.am : words.pm}`;
  const [from, to] = [shows(start), shows(end)];
  if (!end) return clock(from) + half(from);
  const together = isMorning(from) === isMorning(to) && to - from < DAY / 2;
  return `${clock(from)}${together ? "" : half(from)}\u2060–\u2060${clock(to)}${half(to)}`;
}

/** What is different about a meeting that takes place on a day, in words. */
export function notes(/** @type {Words} */ words, /** @type {Meeting} */ { state, origin }, /** @type {number} */ day) {
  return [
    state === 2 && words.online_only,
    state === 3 && fill(words.holiday, { holiday: words.holidays[day] }),
    origin === 1 && words.changed,
    origin === 2 && words.extra,
  ].filter((note) => note !== false);
}

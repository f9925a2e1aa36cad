// @ts-check
// What ages is computed here, in the reader's browser; the page is true without it.

const STEPS = /** @type {const} */ ([["year", 365], ["month", 30], ["week", 7], ["day", 1]]);

const relative = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });

/** "3 weeks ago", "today", "in 8 days": units that are passed at least twice, so that none is "next week". */
export function distance(/** @type {number} */ days) {
  const [unit, length] = STEPS.find(([, length]) => Math.abs(days) >= 2 * length) ?? ["day", 1];
  return relative.format(Math.trunc(days / length), unit);
}

const now = new Date();
const today = new Date(+now - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);

for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (document.querySelectorAll("[data-ago] time"))) {
  const date = time.dateTime;
  if (date <= today) time.append(` (${distance((Date.parse(date) - Date.parse(today)) / 864e5)})`);
}
for (const time of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-until]"))) {
  const until = time.dataset.until ?? "";
  // A day is over at the reader's midnight, an instant in UTC when it is past.
  if (until < (until.includes("T") ? now.toISOString() : today)) time.remove();
}

// @ts-check
// What ages is computed here, in the reader's browser; the page is true without it.

const DAY = 86_400_000;
const STEPS = /** @type {const} */ ([["year", 365], ["month", 30], ["week", 7], ["day", 1]]);

/** "3 weeks ago" for a date such as 2026-11-01 that is not after `today`. */
export function ago(/** @type {string} */ date, /** @type {string} */ today, /** @type {string} */ language) {
  const days = (Date.parse(today) - Date.parse(date)) / DAY;
  const [unit, length] = STEPS.find(([, length]) => days >= length) ?? ["day", 1];
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-Math.floor(days / length), unit);
}

const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");

for (const time of document.querySelectorAll("[data-ago] time")) {
  const date = time.getAttribute("datetime") ?? "";
  if (date <= today) time.append(` (${ago(date, today, document.documentElement.lang)})`);
}
for (const dated of document.querySelectorAll("[data-until]")) {
  const until = dated.getAttribute("data-until") ?? "";
  // A day is over at the reader's midnight, an instant in UTC when it is past.
  if (until < (until.includes("T") ? now.toISOString() : today)) dated.remove();
}

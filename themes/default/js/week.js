// @ts-check
// Turns the week page, which tells on which days groups meet, into the next seven days, beginning with today. Without it
// the page is true of any week.

import { distance } from "./dates.js";
import { DAY, ahead, meetings, over, wall } from "./meetings.js";
import { dateOf, dayOf, fill, hoursOf, minutes, momentOf, notes, own, words } from "./next-meeting.js";

/** @typedef {import("./meetings.js").Meeting} Meeting */

const week = /** @type {HTMLElement} */ (document.querySelector("[data-words]"));
const unchanged = [...week.children];
let today = 0;

const element = (/** @type {string} */ name, /** @type {string} */ text, className = "") =>
  Object.assign(document.createElement(name), { textContent: text, className });

/** Adds lines under the name of a row's group. */
const add = (/** @type {Element} */ row, /** @type {string[]} */ lines) => row.querySelector("a")?.after(...lines.map((line) => element("p", line)));

/** Rows by their time. */
const inOrder = (/** @type {{at: number, row: Element}[]} */ rows) => rows.sort((a, b) => a.at - b.at).map(({ row }) => row);

/** Makes a row true of one meeting. */
function tell(/** @type {Element} */ row, /** @type {Meeting} */ meeting, /** @type {number} */ now) {
  const { start, end, zone, state, hours } = meeting;
  const theirs = (/** @type {number} */ at) => wall(zone, at);
  const place = row.querySelector(":scope > span") ?? element("span", "");
  if (hours) place.replaceChildren(element(state === 1 ? "s" : "span", hoursOf(theirs, start, end), "hours"));
  row.prepend(place);
  const lines = notes(meeting);
  if (state === 1) lines.push(words.off);
  else if (over(meeting) <= now) lines.push(words.over);
  else if (hours && start <= now) lines.push(fill(end ? words.now : words.begun, { time: hoursOf(theirs, end || start) }));
  else if (hours && own(start) !== theirs(start)) {
    lines.push(fill(words.here, { meeting: momentOf(meeting, own, false) }));
  }
  add(row, lines);
}

/** A part of the page with rows more; that of the day is taken if there is one. */
function section(/** @type {string} */ title, /** @type {Element[]} */ rows, weekday = "") {
  const old = /** @type {HTMLElement} */ (week.querySelector(`[data-weekday="${weekday}"]`) ?? document.createElement("section"));
  const list = old.querySelector("ul") ?? /** @type {Element} */ (week.querySelector("ul")?.cloneNode());
  list.prepend(...rows);
  old.replaceChildren(element("h2", title), list);
  return old;
}

function show() {
  const now = minutes();
  if (today === dayOf(own(now))) return;
  today = dayOf(own(now));
  week.replaceChildren(...unchanged.map((part) => part.cloneNode(true)));

  const rules = /** @type {Map<string, Element[]>} */ (new Map());
  for (const row of week.querySelectorAll("[data-timetable]")) {
    const rule = `${row.querySelector("a")?.href} ${row.getAttribute("data-timetable")}`;
    rules.set(rule, [...(rules.get(rule) ?? []), row]);
  }
  const timetables = [...rules.values()].map((rows) => ({ rows, timetable: JSON.parse(rows[0].getAttribute("data-timetable") ?? "") }));
  // Where it is still yesterday, this evening's meeting is one of yesterday.
  const first = Math.min(today, ...timetables.flatMap(({ timetable }) => timetable[1]).map((zone) => dayOf(wall(zone, now))));
  const days = Array.from({ length: 7 }, () => /** @type {{at: number, row: Element}[]} */ ([]));
  const idle = /** @type {{at: number, row: Element}[]} */ ([]);
  for (const { rows: [row, ...others], timetable } of timetables) {
    const blank = /** @type {Element} */ (row.cloneNode(true));
    [row, ...others].forEach((row) => row.remove());
    let meets = false;
    for (const meeting of meetings(timetable, now - 2 * DAY, now + 9 * DAY)) {
      const list = days[meeting.day - first];
      // Of yesterday only what still goes on is worth a line.
      if (!list || (meeting.day < today && over(meeting) <= now)) continue;
      const copy = /** @type {Element} */ (blank.cloneNode(true));
      tell(copy, meeting, now);
      list.push({ at: wall(meeting.zone, meeting.start), row: copy });
      meets = true;
    }
    const next = ahead(timetable, now).find(({ state }) => state !== 1);
    if (meets || !next) continue;
    add(blank, [fill(words.next, { meeting: dateOf(wall(next.zone, next.start)) })]);
    idle.push({ at: next.start, row: blank });
  }
  const sections = days.map((list, at) => {
    const [day, rows] = [first + at, inOrder(list)];
    const title = [dateOf(day * DAY), ...(day - today < 2 ? [distance(day - today)] : [])];
    return rows.length ? [section(title.join(", "), rows, `${((day + 3) % 7) + 1}`)] : [];
  });
  const rest = idle.length ? [section(words.later, inOrder(idle))] : [];
  week.querySelectorAll("section").forEach((part) => part.querySelector("li") || part.remove());
  week.prepend(...sections.flat(), ...rest);
}

show();
document.addEventListener("visibilitychange", () => document.hidden || show());

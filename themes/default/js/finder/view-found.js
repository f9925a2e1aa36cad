// @ts-check
// The groups that fit, as short cards; where none does, which choice to give up.

import { distance } from "../dates.js";
import { wall } from "../meetings.js";
import { dayOf, fill, hoursOf, minutes, momentOf, notes, own, words } from "../next-meeting.js";
import { cards, get, groups, heading, line, make, more, notices, offer, option } from "./view.js";

/**
 * @typedef {import("./state.js").State} State @typedef {import("./index.js").Row} Row @typedef {import("../meetings.js").Meeting} Meeting
 * @typedef {import("./search.js").Found} Found @typedef {import("./search.js").Lift} Lift
 */

/** A meeting by the reader's clock. */
function meet(/** @type {Meeting} */ meeting) {
  const { start, end, hours, zone } = meeting;
  const now = minutes();
  const theirs = (/** @type {number} */ at) => wall(zone, at);
  // Another one than `own`, so that the day is always said.
  const shows = hours ? (/** @type {number} */ at) => own(at) : theirs;
  const text = hours && start <= now ? (end ? words.now : words.begun) : shows(start) === theirs(start) ? words.next : words.mine;
  const when = distance(dayOf(shows(start)) - dayOf(shows(now)));
  return [fill(text, { meeting: momentOf(meeting, shows, when), time: hoursOf(shows, end || start) }), ...notes(meeting)].map((text) => line(text, "soon"));
}

const miles = /-(US|GB)/.test(navigator.language);
const lengths = new Intl.NumberFormat(document.documentElement.lang, {
  style: "unit", unit: miles ? "mile" : "kilometer", unitDisplay: "long", maximumSignificantDigits: 2,
});

/** Where a group meets, and how far that is. */
const placed = (/** @type {string} */ place, km = Infinity) =>
  km < Infinity ? fill(words.far, { place, distance: lengths.format(Math.max(1, miles ? km / 1.609 : km)) }) : place;

function card(/** @type {Found} */ { far, next }, /** @type {Row} */ { id, title, slug, when, where, format, kind, state }) {
  const meeting = next?.(id);
  return make(
    "li", { className: "card" }, make("h3", {}, make("a", { href: `${get(".home").href}${slug}/` }, title)), line(kind), ...(meeting ? meet(meeting) : []),
    line(when || words.ask_when, when ? "when" : "when unsaid"),
    line(where ? placed(where, far?.(id)) : words.ask_where, `where ${where ? format : "unsaid"}`),
    ...(state ? [line(state.words, state.key === "draft" ? "soft" : `state ${state.key}`)] : []),
  );
}

/** Adds cards; gives the first. */
export function add(/** @type {Found} */ found, /** @type {Row[]} */ rows) {
  const added = rows.map((row) => card(found, row));
  cards.append(...added);
  const count = found.ids.length - cards.childElementCount;
  more.hidden = !count;
  more.textContent = fill(words.more, { count });
  return added[0];
}

/** Tells what fits; gives the same in a sentence. */
export function tell(/** @type {State} */ state, /** @type {Found} */ found, /** @type {Row[]} */ rows, /** @type {Lift[]} */ lifted) {
  const count = found.ids.length;
  const title = count ? groups(count) : words.none;
  heading.textContent = title;
  offer(groups(count));
  cards.replaceChildren();
  add(found, rows);
  const said = found.words.filter(({ meant }) => meant).map((word) => fill(words.meant, word));
  const ways = lifted.map(({ facet, label, groups: count }) => {
    const { [facet]: _, ...chosen } = state.chosen;
    return option(fill(words.lift, { label, groups: groups(count) }), { ...state, chosen, q: facet === "q" ? "" : state.q });
  });
  if (state.near === "me") {
    if (!found.far) said.push(words.press);
  } else if (found.towns) {
    said.push(fill(words.nowhere, { town: state.near }));
    ways.push(...found.towns.map((near) => option(near, { ...state, near })));
  }
  notices.replaceChildren(...said.map((text) => line(text)), make("ul", { className: "tags", role: "list" }, ...ways));
  get(".elsewhere").hidden = count > 0;
  return [count > rows.length ? fill(words.first, { groups: title, count: rows.length }) : title, ...said].join(". ");
}

// @ts-check
// The groups that fit, as short cards; where none does, which choice to give up.

import { distance } from "../dates.js";
import { wall } from "../meetings.js";
import { dayOf, fill, hoursOf, minutes, momentOf, notes, own, words } from "../next-meeting.js";
import { get, groups, make, option } from "./view.js";

/**
 * @typedef {import("./state.js").State} State @typedef {import("./index.js").Row} Row @typedef {import("../meetings.js").Meeting} Meeting
 * @typedef {import("./search.js").Found} Found @typedef {import("./search.js").Lift} Lift
 */

const line = (/** @type {string} */ text, className = "") => make("p", { className }, text);

/** A meeting by the reader's clock. */
function meet(/** @type {Meeting} */ meeting) {
  const { start, end, hours, zone } = meeting;
  const now = minutes();
  const theirs = (/** @type {number} */ at) => wall(zone, at);
  // Another one than `own`, so that the day is always said.
  const shows = hours ? (/** @type {number} */ at) => own(at) : theirs;
  const text = hours && start <= now ? (end ? words.now : words.begun) : shows(start) === theirs(start) ? words.next : words.mine;
  const when = distance(dayOf(shows(start)) - dayOf(shows(now)));
  return [fill(text, { meeting: momentOf(meeting, shows, when), time: hoursOf(shows, end || start) }), ...notes(meeting)].map((text) => line(text));
}

/** "About 12 miles away". */
function away(/** @type {number} */ km) {
  const miles = /-(US|GB)/.test(navigator.language);
  const number = new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit", unit: miles ? "mile" : "kilometer", unitDisplay: "long", maximumSignificantDigits: 2,
  });
  return line(fill(words.far, { distance: number.format(Math.max(1, km * (miles ? 0.6214 : 1))) }));
}

function card(/** @type {Found} */ { far, next }, /** @type {Row} */ { id, title, slug, when, where, format, kind, state }) {
  const meeting = next?.(id);
  const km = far?.get(id);
  return make(
    "li", { className: "card" }, make("h3", {}, make("a", { href: `${get(".all").href}${slug}/` }, title)), line(kind), ...(meeting ? meet(meeting) : []),
    line(when || words.ask_when, when ? "when" : "when unsaid"), line(where || words.ask_where, `where ${format}${where ? "" : " unsaid"}`),
    ...(km === undefined ? [] : [away(km)]), ...(state ? [line(state.words, state.key === "draft" ? "soft" : `state ${state.key}`)] : []),
  );
}

/** Adds cards; gives the first. */
export function add(/** @type {Found} */ found, /** @type {Row[]} */ rows) {
  const cards = rows.map((row) => card(found, row));
  get(".cards").append(...cards);
  const left = found.ids.length - get(".cards").childElementCount;
  const more = get(".found > button");
  more.hidden = !left;
  more.textContent = fill(words.more, { count: left });
  return cards[0];
}

/** Tells what fits; gives the same in a sentence. */
export function tell(/** @type {State} */ state, /** @type {Found} */ found, /** @type {Row[]} */ rows, /** @type {Lift[]} */ lifted) {
  const count = found.ids.length;
  const said = [count ? groups(count) : words.none];
  get("h2").textContent = said[0];
  get(".filters .button:not(.quiet)").textContent = fill(words.show, { groups: groups(count) });
  get(".cards").replaceChildren();
  add(found, rows);
  if (count > rows.length) said[0] = fill(words.first, { groups: said[0], count: rows.length });
  for (const word of found.words) if (word.meant) said.push(fill(words.meant, word));
  if (state.near === "me" && !found.far) said.push(words.press);
  else if (found.towns) said.push(fill(words.nowhere, { town: state.near }));
  const ways = lifted.map(({ facet, label, groups: count }) => {
    const { [facet]: _, ...chosen } = state.chosen;
    const to = facet === "q" ? { ...state, q: "" } : { ...state, chosen };
    return option(fill(words.lift, { label, groups: groups(count) }), to);
  });
  const towns = state.near === "me" ? [] : (found.towns ?? []).map((near) => option(near, { ...state, near }));
  get(".notes").replaceChildren(...said.slice(1).map((text) => line(text)), make("ul", { className: "tags", role: "list" }, ...towns, ...ways));
  get(".elsewhere").hidden = count > 0;
  return said.join(". ");
}

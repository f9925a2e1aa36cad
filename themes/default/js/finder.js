// @ts-check
// Starts the finder on a list of groups: fields above the list and, once something is chosen, the groups that fit in its
// place. What is chosen stands in the address's fragment, which no server sees. The page is complete without it.

import { open, rows } from "./finder/index.js";
import { find, lifts } from "./finder/search.js";
import { format, parse } from "./finder/state.js";
import { add, tell } from "./finder/view-found.js";
import { ask, cards, filters, get, heading, here, list, more, near, offer, q, show, sort, status, swap, tick, toggled, usual } from "./finder/view.js";
import { minutes, words } from "./next-meeting.js";

/** @typedef {import("./finder/state.js").State} State @typedef {import("./finder/search.js").Found} Found */

/** Pauses, in milliseconds, after which a query is answered, and after which it is said how many groups fit. */
const [TYPED, SAID] = [150, 700];
/** Cards at a time. */
const PAGE = 20;

const root = new URL("..", get(".home").href);
const scope = /** @type {[string, string] | null} */ (get("template").dataset.scope?.split("=") ?? null);
const title = /** @type {HTMLElement} */ (list.querySelector(":scope > h2"));

let state = parse("");
/** Where the reader is. @type {[number, number] | undefined} */
let place;
/** @type {import("./finder/index.js").Facet[]} */
let facets = [];
/** @type {Found} */
let found;
/** What is being shown. */
let work = Promise.resolve();
let [turn, typing, saying] = [0, 0, 0];
let used = false;

/** A file of the site by its path from the site's root. */
async function read(/** @type {string} */ path) {
  const answer = await fetch(new URL(path, root), { cache: path.startsWith("assets") ? "default" : "no-cache" });
  if (!answer.ok) throw Error(path);
  return new Uint8Array(await answer.arrayBuffer());
}

const opening = "DecompressionStream" in globalThis ? open(read) : Promise.reject();

function say(/** @type {string} */ text) {
  clearTimeout(saying);
  saying = setTimeout(() => (status.textContent = text), SAID);
}

/** Shows what fits. Where nothing is chosen the head of the index is enough, but for the counts of a page's own groups. */
async function update(isSaid = true) {
  const mine = ++turn;
  const idle = !format(state);
  swap(idle);
  try {
    const index = await opening;
    if (facets !== index.facets) filters((facets = index.facets), scope?.[0]);
    show(state, facets);
    tick(state, idle && !scope ? Object.fromEntries(facets.map(({ name, values }) => [name, values.map(({ groups }) => groups)])) : {});
    if (idle) {
      // Not `innerText`, for which the whole list would be laid out.
      offer(title.textContent);
      if (isSaid) say(title.textContent);
      if (!used) return;
    }
    const answer = await find(index, state, scope, { now: minutes(), here: place });
    const first = await rows(index, answer.ids.slice(0, PAGE));
    const lifted = answer.ids.length ? [] : await lifts(index, state, scope);
    if (mine !== turn) return;
    // The site was published anew meanwhile.
    if (facets !== index.facets) return update(isSaid);
    found = answer;
    tick(state, found.counts);
    const said = tell(state, found, first, lifted);
    if (isSaid) say(said);
  } catch {
    if (mine !== turn) return;
    swap(true);
    status.textContent = words.failed;
    // Without an index the page is as it is without this.
    if (!facets[0]) ask.remove();
  }
}

/** What is chosen, with what is being typed. */
const current = () => ({ ...state, q: q.value.trim() });

/** The address of what is chosen. */
const address = () => (format(state) ? `#${format(state)}` : location.pathname + location.search);

function go(/** @type {State} */ next, isTyped = false) {
  clearTimeout(typing);
  state = next;
  if (format(parse(location.hash)) !== format(state)) history[isTyped ? "replaceState" : "pushState"](null, "", address());
  work = update();
}

function typed() {
  if (q.isConnected && q.value.trim() !== state.q) go(current(), true);
}

/** Moves on to the groups. */
async function leave() {
  await work;
  (list.hidden ? heading : title).focus();
}

function locate() {
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      place = [coords.latitude, coords.longitude];
      go({ ...current(), near: "me" });
    },
    () => say(words.denied), { maximumAge: 6e5, timeout: 1e4 },
  );
}

/** Takes what the address says; a fragment that leads to a part of the page says nothing. */
async function follow(isSaid = true) {
  const { hash } = location;
  if (!hash || hash.includes("=")) state = parse(hash);
  else if (isSaid) return format(state) && history.replaceState(null, "", address());
  work = update(isSaid);
  // Nobody is asked where they are before they touch anything.
  if (state.near === "me" && !place && (await navigator.permissions?.query({ name: "geolocation" }))?.state === "granted") locate();
}

title.tabIndex = -1;
get("details").open = matchMedia("(min-width: 62em)").matches;
here.hidden = !navigator.geolocation;
if (scope) {
  get(".filters").addEventListener("focusin", () => {
    used = true;
    if (!format(state)) update(false);
  }, { once: true });
}
// On one page this may run again: then what was there before hears no more.
globalThis.onpopstate = () => follow();
ask.oninput = ({ target }) => {
  if (target !== q) return;
  clearTimeout(typing);
  typing = setTimeout(typed, TYPED);
};
ask.onchange = (/** @type {any} */ { target }) => {
  const value = target.value.trim();
  if (target === near) value === words.me || go({ ...current(), near: value });
  else if (target === sort) go({ ...current(), sort: value === usual(state) ? "" : value });
  else if (target !== q) go(toggled(current(), target.name, value));
};
ask.onsubmit = (event) => {
  event.preventDefault();
  typed();
  leave();
};
ask.onclick = async (/** @type {any} */ { target }) => {
  if (target === here) locate();
  else if (target === more) {
    const next = await rows(await opening, found.ids.slice(cards.childElementCount).slice(0, PAGE)).catch(() => []);
    if (next[0]) add(found, next).querySelector("a").focus();
    else update();
  } else if (target.matches("button[value]")) {
    go(parse(target.value));
    leave();
  }
};
follow(false);

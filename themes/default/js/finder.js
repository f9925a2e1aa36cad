// @ts-check
// Starts the finder on a list of groups: fields above the list and, once something is chosen, the groups that fit in its
// place. What is chosen stands in the address's fragment, which no server sees. The page is complete without it.

import { open, rows } from "./finder/index.js";
import { find, lifts } from "./finder/search.js";
import { format, parse } from "./finder/state.js";
import { add, tell } from "./finder/view-found.js";
import { ask, filters, get, groups, list, show, tick, toggled, usual } from "./finder/view.js";
import { fill, minutes, words } from "./next-meeting.js";

/** @typedef {import("./finder/state.js").State} State @typedef {import("./finder/search.js").Found} Found */

/** Pauses, in milliseconds, after which a query is answered, and after which it is said how many groups fit. */
const [TYPED, SAID] = [150, 700];
/** Cards at a time. */
const PAGE = 20;

const root = new URL("..", get(".all").href);
const scope = /** @type {[string, string] | null} */ (get("template").dataset.scope?.split("=") ?? null);
const [q, near, sort, status, count] = ["[name=q]", "[name=near]", "[name=sort]", "[role=status]", ".filters .button:not(.quiet)"].map(get);
const heading = /** @type {HTMLElement} */ (list.querySelector("h2"));

// Where this has run on the page before, the one before ends.
dispatchEvent(new Event("finder"));
const ends = new AbortController();
const on = (/** @type {EventTarget} */ target, /** @type {string} */ name, /** @type {(event: any) => void} */ act) =>
  target.addEventListener(name, act, { signal: ends.signal });

let state = parse("");
/** Where the reader is. @type {[number, number] | undefined} */
let here;
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

/** Shows what fits. Where nothing is chosen the head of the index is enough, unless a page's own groups are to be counted. */
async function update(isSaid = true) {
  const mine = ++turn;
  const idle = !format(state);
  show(state, facets);
  try {
    const index = await opening;
    if (facets !== index.facets) {
      facets = index.facets;
      filters(facets, scope?.[0]);
      show(state, facets);
    }
    tick(state, idle && !scope ? Object.fromEntries(facets.map(({ name, values }) => [name, values.map(({ groups }) => groups)])) : {});
    if (idle) {
      count.textContent = fill(words.show, { groups: heading.textContent });
      if (isSaid) say(heading.textContent ?? "");
      if (!scope || !used) return;
    }
    const answer = await find(index, state, scope, { now: minutes(), here });
    const first = await rows(index, answer.ids.slice(0, PAGE));
    const lifted = answer.ids.length ? [] : await lifts(index, state, scope);
    if (mine !== turn) return;
    found = answer;
    tick(state, found.counts);
    const said = tell(state, found, first, lifted);
    if (isSaid) say(said);
  } catch {
    if (mine !== turn) return;
    swap(true);
    status.textContent = words.failed;
    if (facets[0]) return;
    // Without an index the page is as it is without this.
    ends.abort();
    ask.remove();
  }
}

/** The address of a state. */
const address = (/** @type {State} */ state) => (format(state) ? `#${format(state)}` : location.pathname + location.search);

/** What is chosen, with what is being typed. */
const current = () => ({ ...state, q: q.value.trim() });

function go(/** @type {State} */ next, isTyped = false) {
  clearTimeout(typing);
  state = next;
  if (format(parse(location.hash)) !== format(state)) history[isTyped ? "replaceState" : "pushState"](null, "", address(state));
  work = update();
}

function typed() {
  if (q.value.trim() !== state.q) go(current(), true);
}

/** Moves on to the groups. */
async function leave() {
  await work;
  (list.hidden ? get("h2") : heading).focus();
}

function locate() {
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      here = [coords.latitude, coords.longitude];
      go({ ...current(), near: "me" });
    },
    () => say(words.denied), { maximumAge: 6e5, timeout: 1e4 },
  );
}

/** Takes what the address says; a fragment that leads to a part of the page says nothing. */
async function follow(isSaid = true) {
  const { hash } = location;
  if (hash && !hash.includes("=")) {
    if (format(state)) history.replaceState(null, "", address(state));
  } else if (format(parse(hash)) !== format(state)) state = parse(hash);
  else if (isSaid) return;
  work = update(isSaid);
  // Nobody is asked where they are before they touch anything.
  if (state.near === "me" && !here && (await navigator.permissions?.query({ name: "geolocation" }))?.state === "granted") locate();
}

heading.tabIndex = -1;
get("details").open = matchMedia("(min-width: 62em)").matches;
get("[name=here]").hidden = !navigator.geolocation;
on(globalThis, "finder", () => {
  history.replaceState(null, "", address(current()));
  clearTimeout(typing);
  turn++;
  ends.abort();
});
for (const name of ["popstate", "hashchange"]) on(globalThis, name, () => follow());
for (const name of ["focusin", "pointerdown"]) {
  on(ask, name, () => {
    const first = !used;
    used = true;
    if (first && scope && !format(state)) work = update(false);
  });
}
on(q, "input", () => {
  clearTimeout(typing);
  typing = setTimeout(typed, TYPED);
});
on(ask, "change", ({ target }) => {
  const value = target.value.trim();
  if (target === near) {
    if (value !== words.me) go({ ...current(), near: value });
  } else if (target === sort) go({ ...current(), sort: value === usual(state) ? "" : value });
  else if (target !== q) go(toggled(current(), target.name, target.value));
});
on(ask, "submit", (event) => {
  event.preventDefault();
  typed();
  leave();
});
on(ask, "click", async ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if (button.name) locate();
  else if (button.matches("[value]")) {
    go(parse(button.value));
    leave();
  } else if (button === get(".found > button")) {
    const cards = get(".cards").childElementCount;
    const next = await rows(await opening, found.ids.slice(cards, cards + PAGE)).catch(() => {});
    if (next) add(found, next)?.querySelector("a")?.focus();
    else work = update();
  }
});
follow(false);

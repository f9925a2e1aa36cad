// @ts-check
// The finder's parts, which lie in the page's template until this runs. Shows what is chosen.

import { fill, words } from "../next-meeting.js";
import { format, parse } from "./state.js";

/** @typedef {import("./state.js").State} State @typedef {import("./index.js").Facet} Facet */

/** Facets, and values of a long one, that are not folded away. */
const [FACETS, VALUES] = [7, 6];

const template = /** @type {HTMLTemplateElement} */ (document.querySelector("#finder"));
export const ask = /** @type {HTMLElement} */ (template.parentElement);
ask.replaceChildren(template, document.importNode(template.content, true));
/** The page's own list. */
export const list = /** @type {HTMLElement} */ (ask.nextElementSibling);

/** A part of the finder. @returns {any} */
export const get = (/** @type {string} */ selector) => ask.querySelector(selector);
export const [q, near, sort, here, status, heading, chips, notices, cards, more, submit] =
  ["#finder-q", "#finder-near", "#finder-sort", "[name=here]", "[role=status]", "h2", ".chips", ".notices", ".cards", ".found > button", ".filters button"].map(get);

/** @returns {any} */
export const make = (/** @type {string} */ name, /** @type {Record<string, any>} */ properties, /** @type {(Node | string)[]} */ ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
export const line = (/** @type {string} */ text, className = "") => make("p", { className }, text);

/** A button that leads to another choice. */
export const option = (/** @type {string} */ text, /** @type {State} */ to, label = text) =>
  make("li", {}, make("button", { type: "button", className: "button quiet", value: format(to), ariaLabel: label }, text));

export const groups = (/** @type {number} */ count) => fill(count === 1 ? words.group : words.groups, { count });

/** How groups are sorted as long as nobody says. */
export const usual = (/** @type {State} */ { near, q }) => (near ? "distance" : q ? "match" : "name");

/** With or without a value of a facet. @returns {State} */
export function toggled(/** @type {State} */ state, /** @type {string} */ name, /** @type {string} */ key) {
  const { [name]: keys = [], ...chosen } = state.chosen;
  const rest = keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key];
  return { ...state, chosen: rest[0] ? { ...chosen, [name]: rest } : chosen };
}

/** @type {{box: any, count: any, at: number, groups?: number}[]} */
let boxes = [];

function fieldset(/** @type {Facet} */ { name, label, values }) {
  const set = make("fieldset", {}, make("legend", {}, label));
  const fold = make("details", {}, make("summary", {}, fill(words.all, { count: values.length - VALUES })));
  const least = values.map(({ groups }) => groups).sort((a, b) => b - a)[VALUES - 1];
  let often = 0;
  values.forEach(({ key, label, groups }, at) => {
    const box = make("input", { type: "checkbox", name, value: key });
    const count = make("small", {});
    boxes.push({ box, count, at });
    (values[VALUES + 2] && (groups < least || ++often > VALUES) ? fold : set).append(make("label", {}, box, make("span", {}, `${label} `, count)));
  });
  if (fold.children[1]) set.append(fold);
  return set;
}

/** Makes the filters anew, but for a facet whose value is fixed. */
export function filters(/** @type {Facet[]} */ facets, /** @type {string | undefined} */ fixed) {
  boxes = [];
  ask.querySelectorAll("fieldset").forEach((set) => set.remove());
  const sets = facets.filter(({ name, values }) => name !== fixed && values[1]).map(fieldset);
  const rest = get(".rest");
  rest.before(...sets.slice(0, FACETS));
  rest.append(...sets.slice(FACETS));
  rest.hidden = !sets[FACETS];
  get("datalist").replaceChildren(...(facets.find(({ name }) => name === "city")?.values ?? []).map(({ label }) => make("option", { value: label })));
}

/** Ticks what is chosen and tells, where it is known, how many groups each value would give. */
export function tick(/** @type {State} */ { chosen }, /** @type {Record<string, number[]>} */ counts) {
  for (const one of boxes) {
    const { box, count, at } = one;
    const groups = counts[box.name]?.[at];
    const is = chosen[box.name]?.includes(box.value) ?? false;
    // What somebody else chose is not to be missed.
    if (is && !box.checked) for (let fold = box; (fold = fold.parentElement.closest("fieldset details, .rest")); ) fold.open = true;
    box.checked = is;
    if (groups === undefined || groups === one.groups) continue;
    one.groups = groups;
    count.textContent = `(${groups})`;
    box.parentElement.className = groups ? "" : "soft";
  }
}

/** Shows the page's own list, or the place of what fits. */
export function swap(/** @type {boolean} */ own) {
  get(".found").hidden = own;
  list.hidden = !own;
}

/** Shows what is chosen. */
export function show(/** @type {State} */ state, /** @type {Facet[]} */ facets) {
  const town = state.near === "me" ? words.me : state.near;
  if (q.value.trim() !== state.q) q.value = state.q;
  if (document.activeElement !== near) near.value = town;
  sort.value = state.sort || usual(state);
  sort.options[0].disabled = usual(state) !== "match";
  sort.options[1].disabled = !town;
  const chosen = facets.flatMap(({ name, values }) =>
    values.filter(({ key }) => state.chosen[name]?.includes(key)).map(({ key, label }) => ({ label, to: toggled(state, name, key) })));
  if (state.q) chosen.push({ label: fill(words.q, { words: state.q }), to: { ...state, q: "" } });
  if (town) chosen.push({ label: fill(words.near, { town }), to: { ...state, near: "" } });
  const all = chosen.map(({ label, to }) => option(`${label} ×`, to, fill(words.remove, { label })));
  chips.replaceChildren(...all, ...(all[0] ? [option(words.clear, parse(""))] : []));
}

/** Says what is there to be seen. */
export const offer = (/** @type {string} */ groups) => (submit.textContent = fill(words.show, { groups }));

// @ts-check
// The finder's fields and filters, which lie in the page's template until this runs. Shows what is chosen and finds nothing.

import { fill, words } from "../next-meeting.js";
import { format, parse } from "./state.js";

/** @typedef {import("./state.js").State} State @typedef {import("./index.js").Facet} Facet */

/** Facets that are not folded away. */
const FIRST = 7;
/** Values of a long facet that are not folded away. */
const OFTEN = 6;

const template = /** @type {HTMLTemplateElement} */ (document.querySelector("#finder"));
export const ask = /** @type {HTMLElement} */ (template.parentElement);
ask.replaceChildren(template, document.importNode(template.content, true));
/** The page's own list. */
export const list = /** @type {HTMLElement} */ (ask.nextElementSibling);

/** A part of the finder. @returns {any} */
export const get = (/** @type {string} */ selector) => ask.querySelector(selector);

export function make(/** @type {string} */ name, /** @type {Record<string, any>} */ properties, /** @type {(Node | string)[]} */ ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** A button in a list that leads to another choice. */
export const option = (/** @type {string} */ text, /** @type {State} */ to, label = text) =>
  make("li", {}, make("button", { type: "button", className: "button quiet", value: format(to), ariaLabel: label }, text));

/** "12 groups". */
export const groups = (/** @type {number} */ count) => fill(count === 1 ? words.group : words.groups, { count });

/** How groups are sorted as long as nobody says. */
export const usual = (/** @type {State} */ { near, q }) => (near ? "distance" : q ? "match" : "name");

/** With or without a value of a facet. @returns {State} */
export function toggled(/** @type {State} */ state, /** @type {string} */ name, /** @type {string} */ key) {
  const { [name]: keys = [], ...chosen } = state.chosen;
  const rest = keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key];
  return { ...state, chosen: rest[0] ? { ...chosen, [name]: rest } : chosen };
}

/** @type {{box: any, label: HTMLElement, count: HTMLElement, at: number}[]} */
let boxes = [];

function fieldset(/** @type {Facet} */ { name, label, values }) {
  const many = values.length > OFTEN + 2;
  const least = values.map(({ groups }) => groups).sort((a, b) => b - a)[OFTEN - 1];
  let often = 0;
  const labels = values.map(({ key, label: text, groups }, at) => {
    const box = make("input", { type: "checkbox", name, value: key });
    const count = make("small", {});
    const label = make("label", { className: many && (groups < least || ++often > OFTEN) ? "rare" : "" }, box, make("span", {}, `${text} `, count));
    boxes.push({ box, label, count, at });
    return label;
  });
  const all = make("button", { type: "button", className: "button quiet", hidden: !many }, fill(words.all, { count: values.length }));
  const set = make("fieldset", {}, make("legend", {}, label), ...labels, all);
  all.onclick = () => {
    set.className = "all";
    set.querySelector(".rare input")?.focus();
    all.remove();
  };
  return set;
}

/** Makes the filters anew, but for a facet whose value is fixed. */
export function filters(/** @type {Facet[]} */ facets, /** @type {string} */ fixed) {
  boxes = [];
  ask.querySelectorAll("fieldset").forEach((set) => set.remove());
  const sets = facets.filter(({ name, values }) => name !== fixed && values[1]).map(fieldset);
  const more = get(".more");
  more.before(...sets.slice(0, FIRST));
  more.append(...sets.slice(FIRST));
  more.hidden = !sets[FIRST];
  get("datalist").replaceChildren(...(facets.find(({ name }) => name === "city")?.values ?? []).map(({ label }) => make("option", { value: label })));
}

/** Ticks what is chosen and, where they are known, tells how many groups each value would give. */
export function tick(/** @type {State} */ { chosen }, /** @type {Record<string, number[]>} */ counts) {
  for (const { box, label, count, at } of boxes) {
    const groups = counts[box.name]?.[at];
    box.checked = chosen[box.name]?.includes(box.value) ?? false;
    if (groups === undefined) continue;
    count.textContent = `(${groups})`;
    label.classList.toggle("soft", !groups);
  }
  get(".more").open ||= get(".more :checked");
}

/** Shows the page's own list, or the place of what fits. */
export function swap(/** @type {boolean} */ own) {
  get(".found").hidden = own;
  list.hidden = !own;
}

/** Shows what is chosen. */
export function show(/** @type {State} */ state, /** @type {Facet[]} */ facets) {
  const [q, near, sort, found] = ["[name=q]", "[name=near]", "[name=sort]", ".found"].map(get);
  const town = state.near === "me" ? words.me : state.near;
  if (q.value.trim() !== state.q) q.value = state.q;
  if (document.activeElement !== near) near.value = town;
  const order = usual(state);
  for (const choice of sort.options) choice.hidden = choice.disabled = choice.value === "match" ? order !== "match" : choice.value === "distance" && !town;
  sort.value = state.sort || order;
  const chosen = facets.flatMap(({ name, values }) =>
    values.filter(({ key }) => state.chosen[name]?.includes(key)).map(({ key, label }) => ({ label, to: toggled(state, name, key) })));
  if (state.q) chosen.push({ label: fill(words.q, { words: state.q }), to: { ...state, q: "" } });
  if (town) chosen.push({ label: fill(words.near, { town }), to: { ...state, near: "" } });
  const chips = chosen.map(({ label, to }) => option(`${label} ×`, to, fill(words.remove, { label })));
  get(".chips").replaceChildren(...chips, ...(chips[0] ? [option(words.clear, parse(""))] : []));
  if (found.hidden) get("h2").textContent = words.looking;
  swap(!format(state));
}

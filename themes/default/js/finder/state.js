// @ts-check
// What a reader asks for, and the address's fragment that says it: "day=tuesday,thursday&q=grief&near=Athens&sort=next".

/** @typedef {{chosen: Record<string, string[]>, q: string, near: string, sort: string}} State Keys of values by facet. */

const OTHERS = /** @type {const} */ (["q", "near", "sort"]);

/** @returns {State} */
export function parse(/** @type {string} */ fragment) {
  const said = new URLSearchParams(fragment.replace(/^#/, ""));
  const [q, near, sort] = OTHERS.map((name) => said.get(name) ?? "");
  OTHERS.forEach((name) => said.delete(name));
  const chosen = [...new Set(said.keys())].map((facet) => [facet, [...new Set(said.getAll(facet).join().split(","))].filter(Boolean)]);
  // Whatever a name is, `__proto__` too, it becomes one of the object's own.
  return { chosen: Object.fromEntries(chosen.filter(([, keys]) => keys.length)), q, near, sort };
}

/** The fragment, without "#". */
export function format(/** @type {State} */ state) {
  const chosen = Object.entries(state.chosen).map(([facet, keys]) => [facet, keys.join()]);
  const said = [...chosen, ...OTHERS.map((name) => [name, state[name]])].filter(([, text]) => text);
  return `${new URLSearchParams(said)}`.replace(/%2C/g, ",");
}

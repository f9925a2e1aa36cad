// @ts-check
// Which groups a reader is looking for, in which order, and how many other choices would give.

import { ahead, over } from "../meetings.js";
import { headed, json, lasting, reader, table } from "./index.js";
import { fits, fold } from "./words.js";

/**
 * @typedef {import("./index.js").Edition} Edition @typedef {import("./index.js").Index} Index @typedef {import("./index.js").Table} Table
 * @typedef {import("./state.js").State} State @typedef {import("./words.js").Said} Said
 * @typedef {import("../meetings.js").Meeting} Meeting @typedef {import("../meetings.js").Timetable} Timetable
 * @typedef {[facet: string, key: string] | null} Scope What all groups of a page have in common.
 * @typedef {{now: number, here?: [number, number]}} At Minutes since 1970 in UTC; where the reader is, for `near=me`.
 * @typedef {{ids: number[], counts: Record<string, number[]>, words: Said[], towns?: string[], far?: (id: number) => number,
 *   next?: (id: number) => Meeting | undefined}} Found `counts` as each facet's values; `towns`: those that `near` may have
 *   meant, where it is none; `far`: kilometres, Infinity to those without a place; `next` when sorted by it.
 * @typedef {{facet: string, key: string, label: string, groups: number}} Lift How many groups a state without any choice in
 *   this facet, or without its `q`, would find; `key` and `label` of all that is chosen in it.
 * @typedef {Table & {lacks: number[], fit?: Float64Array, words: Said[]}} Judged `lacks`: what each meeting lacks of that which
 *   is asked for, a bit for each facet and one for the text.
 */

const TEXT = 1 << 29;

/** All that is asked for must be true of one meeting, what is true of its group too. @returns {Promise<Judged>} */
async function judge(/** @type {Edition} */ edition, /** @type {State} */ { chosen, q }, /** @type {Scope} */ scope) {
  const { head, plane } = edition;
  const [{ rank, groupOf, columns }, text] = await Promise.all([plane(head.table, table), fits(edition, q)]);
  const lacks = groupOf.map((group) => (text.fit?.[group] === 0 ? TEXT : 0));
  head.facets.forEach(([name, , values], facet) => {
    const fixed = scope?.[0] === name;
    const keys = fixed ? [scope?.[1]] : chosen[name] ?? [];
    const wanted = [false, ...values.map(([key]) => keys.includes(key))];
    // A value that no group has any more is no choice.
    if (!fixed && !wanted.includes(true)) return;
    const { starts, codes } = columns[facet];
    starts.forEach((at, meeting) => {
      while (!wanted[codes[at] >> 1] && codes[at] & 1) at++;
      if (!wanted[codes[at] >> 1]) lacks[meeting] |= 1 << facet;
    });
  });
  return { rank, groupOf, columns, lacks, ...text };
}

/** The groups that lack nothing, or nothing but this. */
function those(/** @type {Judged} */ { groupOf, lacks }, but = 0) {
  let last = -1;
  return groupOf.filter((group, meeting) => !(lacks[meeting] & ~but) && last !== (last = group));
}

/** How many groups each value of a facet would give by itself, with all else that is asked for. */
function count(/** @type {Judged} */ { groupOf, lacks, columns }, /** @type {number} */ facet, /** @type {any[]} */ values) {
  const { starts, codes } = columns[facet];
  const counts = [0, ...values.map(() => 0)];
  /** @type {number[]} */
  const last = counts.map(() => -1);
  for (let meeting = 0; meeting < lacks.length; meeting++) {
    const group = groupOf[meeting];
    if (lacks[meeting] & ~(1 << facet)) continue;
    for (let at = starts[meeting], more = 1; more; at++) {
      const value = codes[at] >> 1;
      if (last[value] !== group) counts[value]++;
      last[value] = group;
      more = codes[at] & 1;
    }
  }
  return counts.slice(1);
}

const RADIANS = Math.PI / 180;

/** Kilometres between two points in degrees. */
function apart(/** @type {number} */ lat, /** @type {number} */ lon, /** @type {number} */ lat2, /** @type {number} */ lon2) {
  const [high, wide] = [lat2 - lat, lon2 - lon].map((degrees) => Math.sin((degrees * RADIANS) / 2) ** 2);
  return 12742 * Math.asin(Math.min(1, Math.sqrt(high + wide * Math.cos(lat * RADIANS) * Math.cos(lat2 * RADIANS))));
}

/** @returns {{towns: [string, ...number[]][], names: string[], points: number[], of: number[]}} `names` of towns, folded. */
function places(/** @type {Uint8Array} */ bytes) {
  const said = json(bytes);
  said.points.forEach((/** @type {number} */ step, /** @type {number} */ at, /** @type {number[]} */ all) => (all[at] = step + (all[at - 2] ?? 0)));
  said.names = said.towns.map((/** @type {string[]} */ [town]) => fold(town));
  return said;
}

/**
 * How far each meeting is, Infinity where it has no place. Where `near` is no town and one alone does not begin so: those
 * that do, or all.
 * @returns {Promise<{towns?: string[], far?: (meeting: number) => number}>}
 */
async function distances(/** @type {Edition} */ { head, plane }, /** @type {string} */ near, /** @type {number[] | undefined} */ here) {
  const name = fold(near).trim();
  const me = near === "me";
  if (me ? !here : !name) return {};
  const { towns, names, points, of } = head.places ? await plane(head.places, places) : { towns: [], names: [], points: [], of: [] };
  const like = towns.filter((_, at) => names[at].startsWith(name));
  const town = towns[names.indexOf(name)] ?? (like[1] ? undefined : like[0]);
  const from = me ? here : /** @type {number[] | undefined} */ (town?.slice(1));
  if (!from) return { towns: (like[0] ? like : towns).map(([town]) => town) };
  const all = points.map((lat, at) =>
    at % 2 ? 0 : Math.min(...from.map((lat2, of) => (of % 2 ? Infinity : apart(lat / 1e3, points[at + 1] / 1e3, lat2, from[of + 1])))));
  return { far: (meeting) => all[2 * of[meeting]] ?? Infinity };
}

/** @typedef {{timetable: Timetable, asked?: number, next?: Meeting}} Dated `next` after `asked`. */

/** Those of a run of groups; those alike are one. @returns {Dated[]} */
function times(/** @type {Uint8Array} */ bytes) {
  const [said, rest] = headed(bytes);
  const { groups, zones, days, hours, from, singles } = JSON.parse(said);
  const { next } = reader(rest);
  const counts = Array.from({ length: groups }, next);
  const [on, at] = [days, hours].map((all) => counts.map((length) => Array.from({ length }, () => all[next()])));
  /** @type {number[][][]} */
  const single = counts.map(() => []);
  let group = 0;
  for (const [step, ...numbers] of singles) {
    group += step;
    while (numbers.length) {
      const [start, ...rest] = numbers.splice(0, 5);
      single[group].push([start + from, ...rest]);
    }
  }
  const known = /** @type {Record<string, any>} */ ({});
  return on.map((own, group) => {
    const dates = [own.map((day, rule) => day.toSpliced(6, 0, ...at[group][rule])), single[group]];
    return (known[JSON.stringify(dates)] ??= { timetable: [1, zones, ...dates] });
  });
}

/**
 * The next meeting of each of these groups. What was found is kept until that meeting is over. The page never waits for it long.
 * @returns {Promise<(group: number) => Meeting | undefined>}
 */
async function upcoming(/** @type {Edition} */ { head, plane }, /** @type {number} */ now, /** @type {number[]} */ groups) {
  /** @type {Dated[]} */
  const known = Array(head.groups);
  let end = 0;
  await Promise.all((head.times ?? []).map(async ([count, name]) => {
    const start = end;
    end += count;
    // The next group that is asked for, if any is.
    if (/** @type {number} */ (groups.find((group) => group >= start)) < start + count) (await plane(name, times)).forEach((one, at) => (known[start + at] = one));
  }));
  let since = performance.now();
  for (const group of groups) {
    const one = known[group];
    // A clock may be set back.
    if (!one || (/** @type {number} */ (one.asked) <= now && !(one.next && over(one.next) <= now))) continue;
    one.asked = now;
    one.next = ahead(one.timetable, now).find(({ state }) => state !== 1);
    if (performance.now() - since > 8) {
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
  }
  return (group) => known[group]?.next;
}

/** @returns {Promise<Found>} */
export const find = (/** @type {Index} */ index, /** @type {State} */ state, /** @type {Scope} */ scope, /** @type {At} */ { now, here }) =>
  lasting(index, async (edition) => {
    const { near, sort } = state;
    const { head, first } = edition;
    const [judged, { towns, far }] = await Promise.all([judge(edition, state, scope), distances(edition, near, here)]);
    const { rank, groupOf, lacks, fit, words } = judged;
    const all = those(judged);
    const next = sort === "next" ? await upcoming(edition, now, all) : undefined;
    const km = new Float64Array(head.groups).fill(Infinity);
    if (far) lacks.forEach((lack, meeting) => lack || (km[groupOf[meeting]] = Math.min(km[groupOf[meeting]], far(meeting))));
    /** @type {number[]} */
    const byName = Array(head.groups);
    // Numbers are sorted in less time than groups by their numbers. Those alike stay in the order of names.
    const keys = new Float64Array(all.map((group) => {
      byName[rank[group]] = group;
      const place = next ? next(group)?.start ?? Infinity : sort === "name" ? 0 : far ? km[group] : fit ? 1e6 - fit[group] : 0;
      return Math.round(Math.min(place, 6e7) * 100) * 1e6 + rank[group];
    }));
    const found = Array.from(keys.sort(), (key) => byName[key % 1e6]);
    const isAll = !lacks.some(Boolean);
    return {
      ids: found.map((group) => first + group), words, towns,
      counts: Object.fromEntries(head.facets.map(([name, , values], facet) => [name, isAll ? values.map(([, , groups]) => groups) : count(judged, facet, values)])),
      far: far && ((id) => km[id - first]),
      next: next && ((id) => next(id - first)),
    };
  });

/** Where nothing is found: what to give up, the best first. @returns {Promise<Lift[]>} */
export const lifts = (/** @type {Index} */ index, /** @type {State} */ state, /** @type {Scope} */ scope) =>
  lasting(index, async (edition) => {
    const judged = await judge(edition, state, scope);
    const all = edition.head.facets.map(([facet, , values], bit) => {
      const chosen = values.filter(([key]) => facet !== scope?.[0] && state.chosen[facet]?.includes(key));
      return { facet, key: chosen.map(([key]) => key).join(), label: chosen.map(([, label]) => label).join(", "), groups: those(judged, 1 << bit).length };
    });
    all.push({ facet: "q", key: state.q, label: state.q, groups: those(judged, TEXT).length });
    return all.filter(({ key, groups }) => key && groups).sort((a, b) => b.groups - a.groups);
  });

// @ts-check
// Which groups a query finds, and how well. Texts are taken apart the same as when the index was written.

import { shard, vocabulary } from "./index.js";

/** @typedef {import("./index.js").Edition} Edition @typedef {{text: string, exact: boolean}} Word What a term must be, or begin with. */
/** @typedef {{typed: string, meant?: string}} Said `meant`: what was looked for instead of a word that nobody uses. */

/** @type {Record<string, string>} */
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ı: "i", ς: "σ" };

/** Without case, accents and other marks that people leave out. */
export const fold = (/** @type {string} */ text) =>
  text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/g, "")
    .replace(/[ßæœøđłıς]/g, (letter) => LETTERS[letter]).normalize("NFC");

// Of scripts that set no spaces between words, pairs of letters are looked for. An apostrophe parts words, and an "s" that
// it cuts off is none.
const GRAM = "[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]";
const LETTER = "(?!ʼ)[\\p{Alphabetic}\\p{N}\\p{M}]";
const RUNS = new RegExp(`(?:((?:(?=${GRAM})${LETTER})+)|((?:(?!${GRAM})${LETTER})+))(?:['’ʼ]s(?!${LETTER}))*`, "gu");

/** The words of a query. @returns {Word[]} */
export const wordsOf = (/** @type {string} */ query) =>
  [...fold(query).matchAll(RUNS)].flatMap(([, run, word]) => {
    const letters = [...(run ?? word)];
    return run && letters[1]
      ? letters.slice(1).map((letter, at) => ({ text: letters[at] + letter, exact: true }))
      : { text: letters.slice(0, 40).join(""), exact: !run && !letters[1] };
  });

/** Whether two words differ by so many letters at most: left out, put in, taken for others or for each other's places. @returns {boolean} */
function alike(/** @type {string} */ a, /** @type {string} */ b, /** @type {number} */ most) {
  if (Math.abs(a.length - b.length) > most) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const [ours, theirs] = [a, b].map((word) => (from = 0) => word.slice(same + from));
  if (ours() === theirs()) return true;
  const but = (/** @type {number} */ left, /** @type {number} */ right) => alike(ours(left), theirs(right), most - 1);
  return most > 0 && (but(1, 1) || but(1, 0) || but(0, 1) || (a[same] === b[same + 1] && a[same + 1] === b[same] && but(2, 2)));
}

/** Those that differ least from a word, if by little. @returns {string[]} */
function nearest(/** @type {string} */ word, /** @type {string[]} */ terms, most = 1) {
  const found = terms.filter((term) => alike(word, term, most));
  return found[0] || most > 1 || word.length < 8 ? found : nearest(word, terms, 2);
}

/**
 * How well groups fit a word, 0 where they lack it, and how many have it. Where nobody uses the word, the one that was most
 * likely meant.
 * @returns {Promise<Said & {best: Float64Array, count: number}>}
 */
async function look(/** @type {Edition} */ edition, /** @type {string} */ typed, /** @type {boolean} */ exact, /** @type {string} */ meant = "") {
  const { head, plane } = edition;
  const text = meant || typed;
  const one = text.replace(/(...)s$/, "$1");
  const home = (/** @type {string} */ text) => head.text.findLast(([prefix]) => text.startsWith(prefix));
  const keys = new Set([home(text), home(one), ...head.text.filter(([prefix]) => !exact && prefix.startsWith(text))]);
  const all = (await Promise.all([...keys].map((key) => (key ? plane(key[1], shard) : [])))).flat();
  const best = new Float64Array(head.groups);
  let count = 0;
  for (const { term, groups } of all) {
    const part = term === text || term === one ? 1 : !exact && term.startsWith(text) ? 0.7 : 0;
    for (const code of part ? groups : []) {
      // What the term says that stands in the body, in a group's facts, in its topics, in its title.
      const fit = part * [1, 3, 5, 8][code & 3];
      const group = code >> 2;
      if (!best[group]) count++;
      if (fit > best[group]) best[group] = fit;
    }
  }
  if (!(count || exact || meant || text.length < 4)) {
    const like = nearest(text, all.sort((a, b) => b.groups.length - a.groups.length).map(({ term }) => term)).slice(0, 1);
    if (!like[0]) like.push(...nearest(text, await plane(head.vocabulary, vocabulary)).slice(0, 3));
    const tried = await Promise.all(like.map((meant) => look(edition, typed, exact, meant)));
    if (like[0]) return tried.sort((a, b) => b.count - a.count)[0];
  }
  return { typed, meant, best, count };
}

/**
 * How well each group fits a query, 0 where it lacks a word; nothing for a query without words.
 * @returns {Promise<{fit?: Float64Array, words: Said[]}>}
 */
export async function fits(/** @type {Edition} */ edition, /** @type {string} */ query) {
  const { groups, stop } = edition.head;
  const all = wordsOf(query).slice(0, 32);
  const telling = all.filter(({ text }) => !stop.includes(text));
  const looked = await Promise.all((telling[0] ? telling : all).map(({ text, exact }) => look(edition, text, exact)));
  // The first letter of a word that is still being typed says nothing yet.
  const found = looked.filter(({ count, typed }) => count || typed[1]);
  const fit = found[0] && new Float64Array(groups).fill(1);
  for (const { best, count } of found) {
    const rare = Math.log(1 + groups / count);
    best.forEach((best, group) => (fit[group] &&= best && fit[group] + rare * best));
  }
  return { fit, words: found.map(({ typed, meant }) => (meant ? { typed, meant } : { typed })) };
}

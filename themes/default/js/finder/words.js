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

/** The words of a query, each once. @returns {Word[]} */
export function words(/** @type {string} */ query) {
  const found = new Map();
  for (const [, run, word] of fold(query).matchAll(RUNS)) {
    const letters = [...(run ?? word)];
    const pairs = run && letters.slice(1).map((letter, at) => letters[at] + letter);
    for (const text of pairs?.[0] ? pairs : [letters.slice(0, 40).join("")]) found.set(text, { text, exact: !!run === !!letters[1] });
  }
  return [...found.values()];
}

/** How well groups fit a word, how many do, and the terms among which it was looked for. */
async function look(/** @type {Edition} */ { head, plane }, /** @type {Word} */ { text, exact }) {
  const one = text.replace(/(...)s$/, "$1");
  const home = (/** @type {string} */ text) => head.text.findLast(([prefix]) => text.startsWith(prefix));
  const keys = new Set([home(text), home(one), ...head.text.filter(([prefix]) => !exact && prefix.startsWith(text))]);
  const shards = await Promise.all([...keys].map((key) => (key ? plane(key[1], shard) : [])));
  const terms = shards.flat();
  const best = new Float64Array(head.groups);
  let count = 0;
  for (const { term, groups } of terms) {
    const part = term === text || term === one ? 1 : !exact && term.startsWith(text) ? 0.7 : 0;
    for (const code of part ? groups : []) {
      // What the term says that stands in the body, in a group's facts, in its topics, in its title.
      const fit = part * [1, 3, 5, 8][code & 3];
      const group = code >> 2;
      if (!best[group]) count++;
      if (fit > best[group]) best[group] = fit;
    }
  }
  return { best, count, terms };
}

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

/** What a word finds; where nobody uses it, what the word finds that was most likely meant. */
async function find(/** @type {Edition} */ edition, /** @type {Word} */ word) {
  const typed = word.text;
  const found = await look(edition, word);
  if (found.count || word.exact || typed.length < 4) return { typed, ...found };
  const used = found.terms.sort((a, b) => b.groups.length - a.groups.length).map(({ term }) => term);
  const like = nearest(typed, used).slice(0, 1);
  if (!like[0]) like.push(...nearest(typed, await edition.plane(edition.head.vocabulary, vocabulary)).slice(0, 3));
  const tried = await Promise.all(like.map(async (meant) => ({ typed, meant, ...(await look(edition, { text: meant, exact: false })) })));
  return tried.sort((a, b) => b.count - a.count)[0] ?? { typed, ...found };
}

/**
 * How well each group fits a query, 0 where it lacks a word; nothing for a query without words.
 * @returns {Promise<{fit?: Float64Array, words: Said[]}>}
 */
export async function fits(/** @type {Edition} */ edition, /** @type {string} */ query) {
  const { groups, stop } = edition.head;
  const all = words(query).slice(0, 32);
  const telling = all.filter(({ text }) => !stop.includes(text));
  const looked = await Promise.all((telling[0] ? telling : all).map((word) => find(edition, word)));
  // The first letter of a word that is still being typed says nothing yet.
  const found = looked.filter(({ count, typed }) => count || typed[1]);
  if (!found[0]) return { words: [] };
  const fit = new Float64Array(groups).fill(1);
  for (const { best, count } of found) {
    const rare = Math.log(1 + groups / count);
    best.forEach((best, group) => (fit[group] &&= best && fit[group] + rare * best));
  }
  return { fit, words: found.map((word) => ("meant" in word ? { typed: word.typed, meant: word.meant } : { typed: word.typed })) };
}

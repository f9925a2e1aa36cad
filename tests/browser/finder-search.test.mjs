// The finder without a page: what it finds, counts and sorts, on small indexes made by hand.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { open, rows } from "../../themes/default/js/finder/index.js";
import { find, lifts } from "../../themes/default/js/finder/search.js";
import { format, parse } from "../../themes/default/js/finder/state.js";
import { fold, wordsOf } from "../../themes/default/js/finder/words.js";
import { files, reader } from "./finder.mjs";

const NOW = 29_000_000;

/** Asks an index of these groups; gives the titles with what was found. */
async function asked(groups, fragment, { scope = null, at = {}, ...options } = {}) {
  const index = await open(reader(files(groups, options)).read);
  const found = await find(index, parse(fragment), scope, { now: NOW, ...at });
  const titles = (await rows(index, found.ids)).map(({ title }) => title);
  return { ...found, titles, index };
}
const titles = async (...asking) => (await asked(...asking)).titles;
const lifted = async (groups, fragment, scope = null) => lifts(await open(reader(files(groups)).read), parse(fragment), scope);

const single = (start, length = 60, state = 0) => [[], [[start, length, state, 0, 0]]];

test("a fragment says a state and is said by it", () => {
  const nothing = { chosen: {}, q: "", near: "", sort: "" };
  for (const [fragment, wanted] of [
    ["", nothing],
    ["#", nothing],
    ["day=tuesday", { ...nothing, chosen: { day: ["tuesday"] } }],
    ["#day=tuesday,thursday&format=online&q=grief&near=Athens&sort=next", {
      chosen: { day: ["tuesday", "thursday"], format: ["online"] }, q: "grief", near: "Athens", sort: "next",
    }],
    ["day=tuesday&format=online&day=thursday,tuesday", { ...nothing, chosen: { day: ["tuesday", "thursday"], format: ["online"] } }],
    ["day=&format=,&q=&main", nothing],
    ["q=100%25+%26+%23+a%2Cb%3D%F0%9F%8E%89&near=me", { ...nothing, q: "100% & # a,b=🎉", near: "me" }],
    ["q=100%&q=second", { ...nothing, q: "100%" }],
    ["constructor=a", { ...nothing, chosen: { constructor: ["a"] } }],
  ]) {
    assert.deepEqual(parse(fragment), wanted, fragment);
    assert.deepEqual(parse(format(wanted)), wanted, fragment);
  }
  const said = format({ chosen: { day: ["tuesday", "thursday"], format: [] }, q: "a, b & c", near: "", sort: "name" });
  assert.equal(said, "day=tuesday,thursday&q=a,+b+%26+c&sort=name");
  const long = "grief ".repeat(5000);
  assert.equal(parse(format({ ...nothing, q: long })).q, long);
  assert.equal(parse(format({ ...nothing, q: "half \ud83d" })).q, "half \ufffd");
});

test("a fragment reaches nobody's prototype", async () => {
  const state = parse("__proto__=polluted&toString=x");
  assert.deepEqual(Object.getPrototypeOf(state.chosen), Object.prototype);
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
  assert.equal(format(state), "__proto__=polluted&toString=x");
  assert.deepEqual(await titles([{ title: "A" }], "__proto__=polluted&constructor=x&toString=y"), ["A"]);
});

test("texts are taken apart as by the program", () => {
  const { texts, queries } = JSON.parse(readFileSync(new URL("../fixtures/words.json", import.meta.url), "utf8"));
  const isGram = (/** @type {string} */ text) => /^[\u0e00-\u0eff\u3040-\u9fff\u{20000}-\u{3ffff}]/u.test(text);
  const isLetter = (/** @type {string} */ text) => [...text].length === 1;
  for (const { query, words } of queries) {
    // A letter begins too many words.
    const wanted = words.map(([text, how]) => ({ text, exact: how === "exact" || (isLetter(text) && !isGram(text)) }));
    assert.deepEqual(wordsOf(query), wanted, query);
  }
  for (const { text, words } of texts) {
    // The last letter of a run is a term, too, and no word of a query.
    const pairs = (/** @type {string[]} */ words) => words.filter((word) => !isGram(word) || !isLetter(word));
    assert.deepEqual(pairs(wordsOf(text).map(({ text }) => text)), pairs(words), text);
  }
  assert.ok(texts.length > 15 && queries.length > 8);
  assert.equal(fold("Ἀθῆναι ﬁn ΣΟΦΌΣ"), "αθηναι fin σοφοσ");
});

const CLUB = [
  { title: "Anxiety Circle", kind: ["peer"], topic: ["anxiety", "grief"], meetings: [{ day: ["monday"], format: ["online"] }, { day: ["tuesday"], format: ["in-person"] }] },
  { title: "Book Club", kind: ["peer"], topic: ["grief"], meetings: [{ day: ["tuesday"], format: ["online"] }] },
  { title: "Quiet Table", kind: ["training"], topic: ["ethics"], meetings: [{ day: ["monday", "friday"], format: ["online"] }, { day: ["friday"], format: ["online"] }] },
  { title: "Zoo Walk", kind: ["training"] },
];

test("values of a facet are either, facets are both, and what is of a meeting is true of one", async () => {
  assert.deepEqual(await titles(CLUB, ""), ["Anxiety Circle", "Book Club", "Quiet Table", "Zoo Walk"]);
  assert.deepEqual(await titles(CLUB, "topic=grief,ethics"), ["Anxiety Circle", "Book Club", "Quiet Table"]);
  assert.deepEqual(await titles(CLUB, "topic=grief,ethics&kind=training"), ["Quiet Table"]);
  assert.deepEqual(await titles(CLUB, "day=tuesday&format=online"), ["Book Club"], "not the circle, which is online on Mondays");
  assert.deepEqual(await titles(CLUB, "day=monday,tuesday&format=online&topic=grief"), ["Anxiety Circle", "Book Club"]);
});

test("each facet of meetings is true of one meeting", async () => {
  for (const facet of ["day", "time", "region", "city", "accessibility"]) {
    const meetings = (...pairs) => pairs.map(([key, format]) => ({ [facet]: [key], format: [format] }));
    const groups = [{ title: "Apart", meetings: meetings(["b", "in-person"], ["a", "online"]) }, { title: "Together", meetings: meetings(["b", "online"]) }];
    const { titles, counts } = await asked(groups, `${facet}=b&format=online`);
    assert.deepEqual([titles, counts[facet]], [["Together"], [1, 1]], facet);
  }
});

test("a value's count is what it would give in place of the facet's others", async () => {
  const counts = async (fragment, options) => (await asked(CLUB, fragment, options)).counts;
  assert.deepEqual(await counts(""), { kind: [2, 2], topic: [1, 1, 2], day: [1, 2, 2], format: [1, 3] });
  // friday, monday, tuesday; in-person, online. A group of two fitting meetings counts once.
  assert.deepEqual(await counts("format=online"), { kind: [2, 1], topic: [1, 1, 2], day: [1, 2, 1], format: [1, 3] });
  assert.deepEqual(await counts("format=online&day=tuesday"), { kind: [1, 0], topic: [0, 0, 1], day: [1, 2, 1], format: [1, 1] });
  assert.deepEqual(await counts("q=anxiety&day=tuesday"), { kind: [1, 0], topic: [1, 0, 1], day: [0, 1, 1], format: [1, 0] });
  assert.deepEqual(await counts("day=tuesday", { scope: ["topic", "grief"] }).then(({ format }) => format), [1, 1]);
});

test("every count is the number of groups that its value finds", async () => {
  const index = await open(reader(files(CLUB)).read);
  for (const fragment of ["", "topic=grief", "day=monday&format=online", "day=friday,tuesday&kind=peer", "q=circle", "format=in-person&topic=ethics"]) {
    const state = parse(fragment);
    const { counts } = await find(index, state, null, { now: NOW });
    for (const { name, values } of index.facets) {
      for (const [at, { key }] of values.entries()) {
        const { ids } = await find(index, { ...state, chosen: { ...state.chosen, [name]: [key] } }, null, { now: NOW });
        assert.equal(counts[name][at], ids.length, `${fragment}: ${name} ${key}`);
      }
    }
  }
});

test("a page's own value is fixed, whatever the fragment says", async () => {
  const scope = /** @type {[string, string]} */ (["topic", "grief"]);
  assert.deepEqual(await titles(CLUB, "", { scope }), ["Anxiety Circle", "Book Club"]);
  assert.deepEqual(await titles(CLUB, "topic=ethics&day=tuesday", { scope }), ["Anxiety Circle", "Book Club"]);
  assert.deepEqual(await titles(CLUB, "", { scope: ["topic", "gone"] }), [], "no group has it any more");
  assert.deepEqual(await titles(CLUB, "format=online&day=tuesday", { scope: ["day", "monday"] }), ["Anxiety Circle", "Quiet Table"]);
});

test("values that no group has are no choice", async () => {
  assert.deepEqual(await titles(CLUB, "topic=gone,grief"), ["Anxiety Circle", "Book Club"]);
  assert.deepEqual(await titles(CLUB, "topic=gone&colour=red&kind=training"), ["Quiet Table", "Zoo Walk"]);
});

test("where nothing is found, what to give up", async () => {
  assert.deepEqual(await lifted(CLUB, "day=friday,tuesday&topic=ethics&kind=peer&format=online"), [
    { facet: "kind", key: "peer", label: "PEER", groups: 1 },
    { facet: "topic", key: "ethics", label: "ETHICS", groups: 1 },
  ]);
  assert.deepEqual(await lifted(CLUB, "day=friday,tuesday&q=zoo"), [
    { facet: "q", key: "zoo", label: "zoo", groups: 3 },
    { facet: "day", key: "friday,tuesday", label: "FRIDAY, TUESDAY", groups: 1 },
  ]);
  assert.deepEqual(await lifted(CLUB, "q=unheard"), [{ facet: "q", key: "unheard", label: "unheard", groups: 4 }]);
  assert.deepEqual(await lifted(CLUB, "kind=training&day=tuesday", ["kind", "training"]), [{ facet: "day", key: "tuesday", label: "TUESDAY", groups: 2 }]);
});

const TEXTS = [
  { title: "Body", body: "We talk about grief at length" },
  { title: "Facts", facts: "grief" },
  { title: "Topics", topics: "grief support" },
  { title: "Griefs of Many", body: "anxiety" },
  { title: "Grief", body: "support griefwork" },
];

test("groups that say it in the title come first, then topics, facts and the text; whole words before beginnings", async () => {
  assert.deepEqual(await titles(TEXTS, "q=grief"), ["Grief", "Griefs of Many", "Topics", "Facts", "Body"]);
  assert.deepEqual(await titles(TEXTS, "q=griefs"), ["Grief", "Griefs of Many", "Topics", "Facts", "Body"]);
  assert.deepEqual(await titles(TEXTS, "q=grief&sort=name"), ["Body", "Facts", "Grief", "Griefs of Many", "Topics"]);
});

test("every word must be found, in any place, by its beginning", async () => {
  assert.deepEqual(await titles(TEXTS, "q=grief+support"), ["Topics", "Grief"]);
  assert.deepEqual(await titles(TEXTS, "q=supp+GRI"), ["Topics", "Grief"]);
  assert.deepEqual(await titles(TEXTS, "q=grief+anxiety+support"), []);
  assert.deepEqual(await titles([{ title: "Café Noël" }, { title: "Nobody" }], "q=cafe+NOEL"), ["Café Noël"]);
});

test("a rare word says more than a common one", async () => {
  const groups = [{ title: "One", body: "common" }, { title: "Two", body: "common" }, { title: "Three", facts: "common", body: "rare" }, { title: "Four", facts: "rare", body: "common" }];
  assert.deepEqual((await titles(groups, "q=common+rare")), ["Four", "Three"]);
});

test("a plural finds its singular, and no other beginning of it", async () => {
  const groups = [{ title: "Counselor" }, { title: "Counselors" }, { title: "Counseloring" }, { title: "A bus" }, { title: "The bu" }];
  assert.deepEqual(await titles(groups, "q=counselors"), ["Counselor", "Counselors"]);
  assert.deepEqual(await titles(groups, "q=bus"), ["A bus"], "three letters are no plural");
  // Its shard is another than the plural's.
  assert.deepEqual(await titles(groups, "q=counselors", { prefixes: ["", "counselors"] }), ["Counselor", "Counselors"]);
});

test("a letter is a word, not a beginning, and says nothing where it is none", async () => {
  const groups = [{ title: "Plan b" }, { title: "Plan of banks" }];
  assert.deepEqual(await titles(groups, "q=plan+b"), ["Plan b"]);
  assert.deepEqual(await titles(groups, "q=banks+x"), ["Plan of banks"]);
  assert.deepEqual(await titles(groups, "q=x"), ["Plan b", "Plan of banks"]);
});

test("stop words are looked for where there is nothing else", async () => {
  const groups = [{ title: "The Group" }, { title: "Therapy" }];
  const options = { stop: ["the", "and"] };
  assert.deepEqual(await titles(groups, "q=the+group", options), ["The Group"]);
  assert.deepEqual(await titles(groups, "q=the", options), ["Therapy"]);
  assert.deepEqual(await titles(groups, "q=and", options), []);
});

test("signs without a word are no query", async () => {
  for (const q of ["%F0%9F%8E%89", "++", "%3F!", "%27"]) {
    const { titles, words } = await asked(TEXTS, `q=${q}`);
    assert.deepEqual([titles.length, words], [5, []], q);
  }
});

test("of a very long query the first words are enough", async () => {
  const { read, asked: paths } = reader(files(TEXTS, { prefixes: ["", "s"] }));
  const { ids } = await find(await open(read), parse(`q=${"grief+".repeat(3000)}support`), null, { now: NOW });
  assert.equal(ids.length, 5);
  assert.ok(!paths.includes("assets/finder/text-s.bin"));
});

test("scripts without spaces are found by pairs of letters, and by one", async () => {
  const groups = [{ title: "悲嘆互助会" }, { title: "互助小组" }, { title: "助互" }];
  assert.deepEqual(await titles(groups, "q=互助"), ["互助小组", "悲嘆互助会"]);
  assert.deepEqual(await titles(groups, "q=助会"), ["悲嘆互助会"]);
  assert.deepEqual(await titles(groups, "q=互助小组"), ["互助小组"]);
  assert.deepEqual(await titles(groups, "q=会"), ["悲嘆互助会"]);
  assert.deepEqual((await titles(groups, "q=助")).length, 3);
  assert.deepEqual(await titles(groups, "q=互会"), [], "pairs are not corrected");
  assert.deepEqual(await titles([{ title: "𠮷𠮶" }], "q=𠮷𠮵"), [], "whatever they are made of");
});

test("a beginning is looked for in every shard that can have it", async () => {
  const groups = [{ title: "Grace" }, { title: "Grief" }, { title: "Grow" }, { title: "Green" }, { title: "Hope" }];
  const options = { prefixes: ["", "g", "gr", "gri"] };
  for (const [q, wanted] of [["gr", ["Grace", "Grief", "Grow", "Green"]], ["gri", ["Grief"]], ["grie", ["Grief"]], ["ho", ["Hope"]]]) {
    assert.deepEqual((await titles(groups, `q=${q}`, options)).toSorted(), wanted.toSorted(), q);
  }
  const { read, asked: paths } = reader(files(groups, options));
  await find(await open(read), parse("q=grow"), null, { now: NOW });
  assert.deepEqual(paths.filter((path) => path.includes("text-")), ["assets/finder/text-gr.bin"], "and in no other");
});

test("a word that nobody uses is taken for the one most like it", async () => {
  const groups = [{ title: "Anxiety" }, { title: "Anxious" }, { title: "Burnout", body: "burned" }, { title: "Grief" }, { title: "Brief" }, { title: "Brief Two" }, { title: "Cat" }];
  for (const [typed, meant, wanted] of [
    ["anxeity", "anxiety", ["Anxiety"]],
    ["anxity", "anxiety", ["Anxiety"]],
    ["anxiiety", "anxiety", ["Anxiety"]],
    ["anxiexxty", "anxiety", ["Anxiety"]],
    ["burmout", "burnout", ["Burnout"]],
    // Two mistakes in seven letters are too many, and so is one in three.
    ["burmoun", undefined, []],
    ["cet", undefined, []],
    ["unheardof", undefined, []],
  ]) {
    const { titles, words } = await asked(groups, `q=${typed}`);
    assert.deepEqual(words, [meant ? { typed, meant } : { typed }]);
    assert.deepEqual(titles, wanted, typed);
  }
  const { words } = await asked(groups, "q=anx+brief");
  assert.deepEqual(words, [{ typed: "anx" }, { typed: "brief" }], "both are used, though not together");
});

test("of words as much alike the most used is meant, and the nearest before it", async () => {
  const used = (/** @type {string} */ body, /** @type {number} */ count) => Array.from({ length: count }, (_, at) => ({ title: `${body} ${at}` }));
  const meant = async (groups, q, options) => (await asked(groups, `q=${q}`, options)).words[0].meant;
  assert.equal(await meant([...used("brief", 3), ...used("grief", 5), ...used("chief", 4)], "vrief"), "grief");
  assert.equal(await meant([...used("consulting", 3), ...used("consultant", 5)], "consultimg"), "consulting");
  // First in the shard where the word itself would be, then in the vocabulary.
  const options = { prefixes: ["", "g"] };
  const { read, asked: paths } = reader(files([...used("grief", 2), ...used("funeral", 5)], options));
  const index = await open(read);
  assert.equal((await find(index, parse("q=grieg"), null, { now: NOW })).words[0].meant, "grief");
  assert.ok(!paths.includes("assets/finder/vocabulary.bin"));
  assert.equal((await find(index, parse("q=guneral"), null, { now: NOW })).words[0].meant, "funeral");
  assert.ok(paths.includes("assets/finder/vocabulary.bin"));
  assert.equal(await meant([...used("grief", 2), ...used("brief", 5), { title: "hello" }], "hrief", { prefixes: ["", "h"] }), "brief");
});

const TOWNS = [["Athens", 39.33, -82.1], ["Lancaster", 39.714, -82.599], ["Lancaster Gate", 51.511, -0.175], ["Münster", 51.96, 7.63, 51.9, 7.5]];
const PLACES = [
  { title: "Athens twice", meetings: [{ day: ["monday"], point: [39.33, -82.1] }, { day: ["friday"], point: [39.714, -82.599] }] },
  { title: "Lancaster", meetings: [{ day: ["friday"], point: [39.714, -82.599] }] },
  { title: "Also Lancaster", meetings: [{ day: ["friday"], point: [39.714, -82.599] }] },
  { title: "A place in Münster", meetings: [{ point: [51.9, 7.5] }] },
  { title: "Online", meetings: [{ day: ["monday"] }] },
];

test("groups are sorted by distance, those that have none last", async () => {
  const { titles, far, ids } = await asked(PLACES, "near=Athens", { towns: TOWNS });
  assert.deepEqual(titles, ["Athens twice", "Also Lancaster", "Lancaster", "A place in Münster", "Online"]);
  const km = ids.map((id) => far?.(id));
  assert.equal(km[0], 0);
  assert.ok(Math.abs(Number(km[1]) - 60.5) < 0.2, `${km[1]} km`);
  assert.ok(Math.abs(Number(km[3]) - 6656.4) < 0.1, `${km[3]} km`);
  assert.equal(km[4], Infinity);
});

test("how far a group is, is how far its meeting is that was asked for", async () => {
  const { titles, far } = await asked(PLACES, "near=Athens&day=friday", { towns: TOWNS });
  assert.deepEqual(titles, ["Also Lancaster", "Athens twice", "Lancaster"]);
  assert.ok(Number(far?.(0)) > 60);
});

test("a town is its whole name, else the one that begins so, else those that can be named", async () => {
  const near = async (text) => asked(PLACES, `near=${encodeURIComponent(text)}`, { towns: TOWNS });
  assert.deepEqual((await near("lancaster")).titles.slice(0, 3), ["Also Lancaster", "Athens twice", "Lancaster"]);
  for (const text of ["munster", "  MÜN ", "Münster"]) {
    const { titles, far, towns } = await near(text);
    assert.deepEqual([titles[0], far?.(3), towns], ["A place in Münster", 0, undefined], `${text}: the nearest of its points counts`);
  }
  const unknown = await near("Nowhere");
  assert.deepEqual([unknown.towns, unknown.far], [TOWNS.map(([name]) => name), undefined]);
  assert.deepEqual(unknown.titles[0], "A place in Münster", "by name");
  assert.deepEqual((await near("lanc")).towns, ["Lancaster", "Lancaster Gate"]);
  assert.deepEqual((await asked([{ title: "A" }], "near=Athens")).towns, []);
});

test("the reader's own place is used where it is given", async () => {
  const { titles } = await asked(PLACES, "near=me", { at: { here: [52, 7.6] } });
  assert.equal(titles[0], "A place in Münster");
  const without = await asked(PLACES, "near=me&q=lancaster");
  assert.deepEqual([without.titles, without.far, without.towns], [["Also Lancaster", "Lancaster"], undefined, undefined]);
});

test("a sort that is asked for goes before the one that is usual", async () => {
  const sorted = (sort, more = "") => titles(PLACES, `near=Athens${more}&sort=${sort}`, { towns: TOWNS });
  assert.deepEqual((await sorted("name"))[0], "A place in Münster");
  assert.deepEqual((await sorted("distance", "&q=lancaster")), ["Also Lancaster", "Lancaster"]);
  assert.deepEqual((await sorted("backwards"))[0], "Athens twice");
  assert.deepEqual(await titles(PLACES, "sort=distance"), await titles(PLACES, ""));
});

test("groups are sorted by their next meeting, those without one by name at the end", async () => {
  const groups = [
    { title: "Quiet" },
    { title: "Later", dates: single(NOW + 500) },
    { title: "Also later", dates: single(NOW + 500, 90) },
    { title: "Under way", dates: single(NOW - 30) },
    { title: "Over", dates: single(NOW - 100) },
    { title: "Cancelled, then late", dates: [[], [[NOW + 10, 60, 1, 0, 0], [NOW + 900, 60, 0, 0, 0]]] },
    { title: "Cancelled for good", dates: single(NOW + 10, 60, 1) },
  ];
  const { titles, next, ids } = await asked(groups, "sort=next");
  assert.deepEqual(titles, ["Under way", "Also later", "Later", "Cancelled, then late", "Cancelled for good", "Over", "Quiet"]);
  assert.deepEqual(ids.map((id) => next?.(id)?.start), [NOW - 30, NOW + 500, NOW + 500, NOW + 900, undefined, undefined, undefined]);
  assert.equal((await asked(groups, "")).next, undefined);
  assert.deepEqual((await asked(PLACES, "sort=next")).titles[0], "A place in Münster", "a site without dates");
  assert.deepEqual((await asked(PLACES, "sort=next&q=lancaster")).titles, ["Also Lancaster", "Lancaster"], "by name, though a text was asked for");
});

/** Groups that meet on the first of a month once a year, so that looking for it takes long. */
const yearly = (/** @type {number} */ count) => Array.from({ length: count }, (_, at) => ({
  title: `Group ${at}`, dates: [[[3, 1, [1], 2 << ((at + 6) % 12), 20000, 30000, at % DAY, 60, 0, []]], []],
}));
const DAY = 1440;

test("the page is not kept waiting for many timetables, nor for one twice", async () => {
  const index = await open(reader(files(yearly(1400), { isSmall: false })).read);
  let turns = 0;
  const turn = setInterval(() => turns++);
  const first = await find(index, parse("sort=next"), null, { now: NOW });
  clearInterval(turn);
  assert.ok(turns > 3, `${turns} turns`);
  // Each look at a day makes a date.
  let dates = 0;
  const { Date } = globalThis;
  globalThis.Date = /** @type {any} */ (class extends Date { constructor(...of) { super(...of); dates++; } });
  try {
    const start = Number(first.next?.(first.ids[0])?.start);
    assert.deepEqual((await find(index, parse("sort=next"), null, { now: start + 59 })).ids, first.ids);
    assert.equal(dates, 0, "none is over");
    const later = await find(index, parse("sort=next"), null, { now: start + 60 });
    assert.ok(dates > 0 && later.ids.at(-1) === first.ids[0], "its next one is in a year");
    const back = await find(index, parse("sort=next"), null, { now: NOW });
    assert.deepEqual(back.ids, first.ids, "a clock that was set back");
  } finally {
    globalThis.Date = Date;
  }
});

test("each plane is fetched when it is needed, and once", async () => {
  const { read, asked: paths } = reader(files([...CLUB, ...PLACES, { title: "Grief, dated", dates: single(NOW) }], { isSmall: false, towns: TOWNS, prefixes: ["", "g"] }));
  const index = await open(read);
  assert.deepEqual(paths, ["groups/finder.bin"]);
  const fetched = async (fragment) => {
    paths.length = 0;
    await Promise.all([1, 2].map(() => find(index, parse(fragment), null, { now: NOW })));
    return paths.map((path) => path.replace(/^assets\/finder\/|\.bin$/g, "")).toSorted();
  };
  assert.deepEqual(await fetched("q=grief"), ["table", "text-g"]);
  assert.deepEqual(await fetched("near=Athens"), ["places"]);
  assert.deepEqual(await fetched("day=monday"), []);
  assert.deepEqual(await fetched("q=dated&sort=next"), ["text-", "times1"], "only of groups that are found");
  assert.deepEqual(await fetched("sort=next"), ["times0"]);
  assert.deepEqual(await fetched("q=grief&near=Lancaster&sort=next&day=monday"), []);
  paths.length = 0;
  const [first, last] = await rows(index, [0, 9]);
  assert.deepEqual([first.title, last.title, paths], ["Anxiety Circle", "Grief, dated", ["assets/finder/rows0.bin", "assets/finder/rows1.bin"]]);
});

test("a row says what the card says", async () => {
  const groups = [
    { title: "Grief & Loss: 2nd Group!" },
    { title: "Café", row: ["cafe", "Mondays, 7 pm", "Grace Church, Athens", 3, 1, 1] },
    { title: "Other Words", row: ["its-own-slug", 0, 0, 1] },
  ];
  for (const isSmall of [true, false]) {
    const index = await open(reader(files(groups, { isSmall })).read);
    assert.deepEqual(await rows(index, [1, 0, 2]), [
      { id: 1, title: "Café", slug: "cafe", when: "Mondays, 7 pm", where: "Grace Church, Athens", format: "hybrid", kind: "Another kind", state: { key: "open", words: "2 places free" } },
      { id: 0, title: "Grief & Loss: 2nd Group!", slug: "grief-loss-2nd-group", when: "", where: "", format: "", kind: "A kind", state: null },
      { id: 2, title: "Other Words", slug: "its-own-slug", when: "", where: "", format: "in-person", kind: "A kind", state: null },
    ]);
  }
});

test("files that their host has unpacked are read as they are", async () => {
  for (const isSmall of [true, false]) {
    assert.deepEqual(await titles(CLUB, "day=monday&q=anxiety", { packed: false, isSmall }), ["Anxiety Circle"]);
    assert.deepEqual(await titles(CLUB, "", { packed: false, isSmall }), ["Anxiety Circle", "Book Club", "Quiet Table", "Zoo Walk"]);
  }
});

/** A site that can be published anew, with other names for all planes. */
function site(groups) {
  let at = files(groups, { isSmall: false, edition: "-1" });
  const asked = /** @type {string[]} */ ([]);
  return {
    asked,
    publish: (groups, edition) => { at = files(groups, { isSmall: false, edition }); },
    read: async (path) => { asked.push(path); return reader(at).read(path); },
  };
}

test("an index whose planes are gone is opened again, once, and then goes on", async () => {
  const { asked: paths, publish, read } = site(CLUB);
  const index = await open(read);
  const before = await find(index, parse(""), null, { now: NOW });
  const { facets } = index;
  publish([{ title: "Newcomers", kind: ["new"] }, ...CLUB], "-2");
  paths.length = 0;
  const [found, other] = await Promise.all([find(index, parse("q=newcomers"), null, { now: NOW }), find(index, parse("q=book"), null, { now: NOW })]);
  assert.ok(paths.filter((path) => path === "groups/finder.bin").length <= 2);
  assert.deepEqual((await rows(index, [...found.ids, ...other.ids])).map(({ title }) => title), ["Newcomers", "Book Club"]);
  assert.equal(index.groups, 5);
  assert.notEqual(index.facets, facets, "a page sees that its choices are others");
  assert.deepEqual(index.facets[0].values.map(({ key }) => key), ["new", "peer", "training"]);
  await assert.rejects(rows(index, before.ids), "what was the first group is another by now");
  paths.length = 0;
  await find(index, parse("q=book"), null, { now: NOW });
  assert.deepEqual(paths, []);
});

test("rows and lifts outlive an edition as well as they can", async () => {
  const { publish, read } = site(CLUB);
  const index = await open(read);
  const before = await find(index, parse(""), null, { now: NOW });
  publish([{ title: "Newcomers" }, ...CLUB], "-2");
  await assert.rejects(rows(index, before.ids));
  const after = await find(index, parse(""), null, { now: NOW });
  assert.deepEqual((await rows(index, after.ids.slice(-1))).map(({ title }) => title), ["Zoo Walk"]);
  publish(CLUB, "-3");
  assert.deepEqual(await lifts(index, parse("q=unheard&day=monday"), null), [{ facet: "q", key: "unheard", label: "unheard", groups: 2 }]);
});

test("a plane that could not be fetched is asked for again, by the same edition", async () => {
  const { read } = reader(files(CLUB, { isSmall: false }));
  let failing = 1;
  const index = await open(async (path) => {
    if (path.includes("table") && failing-- > 0) throw Error("offline");
    return read(path);
  });
  const { facets } = index;
  const { ids } = await find(index, parse("day=friday"), null, { now: NOW });
  assert.deepEqual(ids, [2]);
  assert.equal(index.facets, facets);
  assert.deepEqual((await rows(index, ids)).map(({ title }) => title), ["Quiet Table"]);
  failing = 2;
  const cold = await open(async (path) => (path.includes("table") && failing-- > 0 ? Promise.reject(Error("offline")) : read(path)));
  await assert.rejects(find(cold, parse("day=friday"), null, { now: NOW }));
  assert.deepEqual((await find(cold, parse("day=friday"), null, { now: NOW })).ids, [2]);
});

test("a question is answered from one edition, though another is opened meanwhile", async () => {
  const { publish, read } = site(CLUB);
  /** @type {(value?: unknown) => void} */
  let arrive = () => {};
  const index = await open(async (path) => {
    const bytes = await read(path);
    if (path.includes("text--1")) await new Promise((resolve) => { arrive = resolve; });
    return bytes;
  });
  const slow = find(index, parse("q=book"), null, { now: NOW });
  const before = await find(index, parse("day=monday"), null, { now: NOW });
  publish([{ title: "Newcomers" }, ...CLUB], "-2");
  await assert.rejects(rows(index, before.ids));
  assert.equal(index.groups, 5);
  arrive();
  const { ids, counts } = await slow;
  assert.deepEqual([ids, counts.day], [[1], [0, 0, 1]], "numbers and counts of the first");
  await assert.rejects(rows(index, ids), "which no list takes for those of the second");
});

test("an index of another version is none", async () => {
  const bytes = files(CLUB, { packed: false })["groups/finder.bin"];
  const other = Buffer.from(Buffer.from(bytes).toString("latin1").replace('"version":1', '"version":2'), "latin1");
  await assert.rejects(open(async () => other));
});

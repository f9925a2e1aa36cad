// The finder: what a reader sees, hears and does with it on lists of groups. What it finds is the engine's to test.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "./axe.mjs";
import { launch, open, unfold } from "./browser.mjs";
import { walk } from "./keyboard.mjs";
import { clipped, overflow, smallTargets, spaceOut } from "./layout.mjs";
import { listen, traces } from "./privacy.mjs";
import { serve } from "./server.mjs";
import { build } from "./site.mjs";

const LIST = "/groups/";
const FACET = "/by/topic/grief/";
const WIDE = { width: 1280, height: 900 };
/** Longer than the pause after which it is said how many groups fit. */
const PAUSE = 1000;

const browser = await launch();
const { output } = build();
const server = await serve({ "/": output });
test.after(() => server.close());
test.afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

/** Opens a list; `complaints` is what it does behind the reader's back. */
async function visit(path, { script, ...settings } = {}) {
  const page = await open(browser, settings);
  if (script) await page.addInitScript(script);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const complaints = listen(page, server.origin);
  await page.goto(server.origin + path);
  return { page, asked, complaints };
}

/** The same, when its filters are there and what the address asks for is shown. */
async function find(path, settings) {
  const visited = await visit(path, settings);
  await visited.page.locator(".filters fieldset").first().waitFor({ state: "attached" });
  if (path.includes("#")) await shows(visited.page);
  return visited;
}

const heading = (page) => page.locator(".found h2");
const status = (page) => page.getByRole("status");
const search = (page) => page.getByRole("searchbox");
const box = (page, name) => page.getByRole("checkbox", { name: new RegExp(`^${name} \\(`) });
const titles = (page) => page.locator("main .card h3:visible").allInnerTexts();
const fragment = (page) => new URL(page.url()).hash;
const shows = (page, words = /^(\d+ groups?|No group .*)$/) => page.waitForFunction(
  ([source]) => new RegExp(source).test(document.querySelector(".found:not([hidden]) h2")?.textContent ?? ""), [words.source]);

/** The groups of a page's own list, on all its pages, without JavaScript. */
async function listed(path) {
  const page = await open(browser, { javaScriptEnabled: false });
  const found = [];
  for (let next = server.origin + path; next;) {
    await page.goto(next);
    found.push(...(await page.locator(".list .card h3").allInnerTexts()));
    const more = page.locator("a[rel=next]");
    next = (await more.count()) ? await more.evaluate((it) => it.href) : "";
  }
  await page.context().close();
  return found;
}

// Without it.

for (const path of [LIST, FACET, "/groups/page/2/"]) {
  for (const [what, settings] of [
    ["JavaScript", { javaScriptEnabled: false }],
    ["DecompressionStream", { script: () => delete globalThis.DecompressionStream }],
    ["an index", { script: () => (globalThis.fetch = () => Promise.reject(new Error("offline"))) }],
  ]) {
    test(`without ${what} ${path} is complete, and nothing of the finder is seen`, async () => {
      const { page, asked } = await visit(path, { ...settings, viewport: WIDE });
      await page.waitForTimeout(300);
      assert.equal(await page.locator("main :is(input, select, button, fieldset, [role=status]):visible").count(), 0);
      const left = await page.locator(".list").evaluate((it) => it.getBoundingClientRect().left - it.closest("main").querySelector("h1").getBoundingClientRect().left);
      assert.equal(left, 0, "no room is kept for filters");
      assert.ok((await titles(page)).length > 2);
      assert.equal(await page.locator(".pager").isVisible(), path !== FACET);
      assert.equal(await page.locator(".list .browse summary").isVisible(), path !== FACET);
      assert.deepEqual(asked.filter((url) => url.endsWith(".bin")), []);
    });
  }
}

// What is fetched.

test("while nothing is chosen only the head of the index is fetched, and it is said that results follow", async () => {
  for (const path of [LIST, FACET]) {
    const { page, asked } = await find(path, { viewport: WIDE });
    await page.waitForTimeout(300);
    assert.deepEqual(asked.filter((url) => url.endsWith(".bin")), [`${server.origin}/groups/finder.bin`], path);
    assert.ok(await page.locator(".list .card").first().isVisible());
    assert.match(await search(page).evaluate((it) => document.getElementById(it.getAttribute("aria-describedby")).innerText), /as you type/);
    assert.equal(await status(page).innerText(), "");
  }
});

test("the scripts of a list are asked for at once, each one time", async () => {
  const { page, asked } = await find(LIST);
  const scripts = asked.filter((url) => url.endsWith(".js"));
  assert.deepEqual(scripts.toSorted(), [...new Set(scripts)].toSorted());
  const html = await (await fetch(page.url())).text();
  for (const url of scripts) assert.ok(html.includes(url.split("/").at(-1)), `${url} is known only when another script is there`);
});

// Filters.

test("a choice narrows the list to what its page lists, in the same order", async () => {
  const { page } = await find(LIST, { viewport: WIDE });
  await box(page, "Grief").check();
  await shows(page);
  assert.deepEqual(await titles(page), await listed(FACET));
  assert.equal(fragment(page), "#topic=grief");
  assert.ok(await page.locator(".list").isHidden());
  assert.ok(await box(page, "Grief").evaluate((it) => it === document.activeElement), "the focus stays");
});

test("counts follow the other filters, and tell what one gets", async () => {
  const { page } = await find("/groups/#format=online", { viewport: WIDE });
  const label = page.locator("label", { has: box(page, "Tuesday") });
  const before = Number(/\((\d+)\)/.exec(await label.innerText())[1]);
  await box(page, "Tuesday").check();
  await shows(page, new RegExp(`^${before} groups?$`));
  assert.equal((await titles(page)).length, before);
  await page.getByRole("button", { name: "Remove filter: Online" }).click();
  await page.waitForFunction(([before]) => !document.querySelector("[value=tuesday]").parentElement.innerText.includes(`(${before})`), [before]);
  assert.equal((await titles(page)).length, (await listed("/by/day/tuesday/")).length);
});

test("a value that gives nothing says so in words and can still be chosen", async () => {
  const { page } = await find("/groups/#topic=writing", { viewport: WIDE });
  const none = page.locator("fieldset label.soft:visible").first();
  assert.match(await none.innerText(), /\(0\)$/);
  await none.click();
  await shows(page, /^No group/);
});

test("facets with one value, and the facet of the page itself, are not shown", async () => {
  const { page } = await find(LIST, { viewport: WIDE });
  const legends = await page.locator("legend").allTextContents();
  assert.ok(legends.includes("Topic") && legends.includes("Day"), `${legends}`);
  for (const set of await page.locator("fieldset").all()) assert.ok((await set.locator("input").count()) > 1);
  const { page: facet } = await find(FACET, { viewport: WIDE });
  const others = await facet.locator("legend").allTextContents();
  assert.ok(!others.includes("Topic") && others.includes("Day"), `${others}`);
});

test("a facet's page tells of its own groups only, and counts them when somebody comes near", async () => {
  const { page } = await find(FACET, { viewport: WIDE });
  assert.doesNotMatch(await page.locator(".filters").innerText(), /\(\d+\)/, "a count of all groups would be wrong here");
  await page.locator(".filters input").first().focus();
  await page.waitForFunction(() => /\(\d+\)/.test(document.querySelector(".filters").innerText));
  const own = await listed(FACET);
  await box(page, "Thursday").check();
  await shows(page);
  const found = await titles(page);
  assert.ok(found.length > 0 && found.length < own.length && found.every((title) => own.includes(title)), `${found}`);
  await page.getByRole("button", { name: "Clear all" }).click();
  assert.deepEqual(await titles(page), own);
});

test("long facets are folded after their first values, open with a key, and stand open where one is chosen", async () => {
  const { page } = await find(LIST, { viewport: WIDE });
  const topics = page.locator("fieldset", { has: page.locator("legend", { hasText: /^Topic$/ }) });
  const first = await topics.locator("label:visible").count();
  assert.ok(first >= 3 && first <= 8, `${first}`);
  await topics.locator("summary").focus();
  await page.keyboard.press("Enter");
  assert.ok((await topics.locator("label:visible").count()) > 20);
  const { page: chosen } = await find("/groups/#topic=writing&accessibility=step-free", { viewport: WIDE });
  assert.ok(await box(chosen, "Writing").isVisible());
  assert.ok(await chosen.locator("[name=accessibility]:checked").first().isVisible());
});

test("filters are open beside the list on a desktop and folded above it on a phone", async () => {
  const { page } = await find(LIST, { viewport: WIDE });
  assert.ok(await box(page, "Monday").isVisible());
  const [filters, list] = await Promise.all([".filters", ".list"].map((part) => page.locator(part).boundingBox()));
  assert.ok(filters.x + filters.width <= list.x && Math.abs(filters.y - list.y) < 30);
  const { page: phone } = await find(LIST);
  assert.ok(await box(phone, "Monday").isHidden());
  await phone.locator(".filters summary").first().click();
  assert.ok(await box(phone, "Monday").isVisible());
  assert.match(await phone.locator(".filters").innerText(), /true of one meeting/);
});

test("chips take their choice away, one by one or all", async () => {
  const { page } = await find("/groups/#day=tuesday&format=online&q=support", { viewport: WIDE });
  const chips = page.getByRole("list", { name: "Chosen filters" }).getByRole("button");
  assert.equal(await chips.count(), 4);
  await page.getByRole("button", { name: "Remove filter: Tuesday" }).click();
  await page.waitForFunction(() => document.activeElement.matches(".found h2"));
  assert.equal(fragment(page), "#format=online&q=support");
  assert.equal(await box(page, "Tuesday").isChecked(), false);
  await page.getByRole("button", { name: "Remove filter: “support”" }).click();
  assert.equal(await search(page).inputValue(), "");
  await page.getByRole("button", { name: "Clear all" }).click();
  assert.equal(page.url(), server.origin + LIST);
  assert.ok(await page.locator(".list").isVisible());
  assert.equal(await box(page, "Online").isChecked(), false);
  await page.waitForFunction(() => document.activeElement.matches(".list > h2"));
});

// Typing.

test("typing is answered once per pause: focus stays, the number is said, nothing is asked of a server", async () => {
  const { page, asked } = await find(LIST);
  await page.evaluate(() => {
    globalThis.heard = [];
    new MutationObserver((all) => globalThis.heard.push(...all)).observe(document.querySelector("[role=status]"), { childList: true, characterData: true, subtree: true });
  });
  const length = await page.evaluate(() => history.length);
  await search(page).pressSequentially("anxiety", { delay: 90 });
  await shows(page);
  assert.ok(await search(page).evaluate((it) => it === document.activeElement));
  await page.waitForTimeout(PAUSE);
  const heard = await page.evaluate(() => globalThis.heard.filter(({ addedNodes }) => addedNodes.length).length);
  assert.ok(heard >= 1 && heard <= 2, `${heard} times`);
  assert.equal(await status(page).innerText(), await heading(page).innerText());
  assert.match(await status(page).innerText(), /^\d+ groups?$/);
  assert.equal(fragment(page), "#q=anxiety");
  assert.equal(await page.evaluate(() => history.length), length, "no stop of the way back for each pause");
  assert.deepEqual(asked.filter((url) => /[?]|anxiety/.test(new URL(url).pathname + new URL(url).search)), []);
});

test("nothing is said on load", async () => {
  const { page } = await find("/groups/#day=tuesday");
  await page.waitForTimeout(PAUSE);
  assert.equal(await status(page).textContent(), "");
});

test("sending the form leads to the groups, at once", async () => {
  const { page } = await find(LIST);
  await search(page).fill("grief");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.matches(".found h2"));
  assert.match(await heading(page).innerText(), /^\d+ groups$/);
  await page.locator(".filters summary").first().click();
  const count = await heading(page).innerText();
  await page.getByRole("button", { name: `Show ${count}` }).click();
  await page.waitForFunction(() => document.activeElement.matches(".found h2"));
  const { page: idle } = await find(LIST);
  await idle.locator(".filters summary").first().click();
  await idle.getByRole("button", { name: /^Show \d+ groups$/ }).click();
  assert.ok(await idle.locator(".list > h2").evaluate((it) => it === document.activeElement));
});

test("a word that nobody uses is told with the word that was meant", async () => {
  const { page } = await find("/groups/#q=anxeity");
  assert.match(await page.locator(".found").innerText(), /No group says “anxeity”. These say “anxiety”\./);
  await search(page).fill("anxietx");
  await page.waitForTimeout(PAUSE);
  assert.match(await status(page).innerText(), /\d+ groups?. No group says “anxietx”/);
});

// The address.

test("the way back leads through choices, and forward again", async () => {
  const { page } = await find(LIST, { viewport: WIDE });
  await box(page, "Tuesday").check();
  await box(page, "Online").check();
  await shows(page);
  assert.equal(fragment(page), "#day=tuesday&format=online");
  await page.goBack();
  await page.waitForFunction(() => !document.querySelector("[value=online]").checked);
  assert.equal(fragment(page), "#day=tuesday");
  await page.goBack();
  await page.locator(".list").waitFor();
  assert.equal(await box(page, "Tuesday").isChecked(), false);
  await page.goForward();
  await shows(page);
  assert.ok(await box(page, "Tuesday").isChecked());
});

test("a shared address shows what was chosen, and so does a reload", async () => {
  const { page } = await find("/groups/#day=tuesday,thursday&format=online&q=support&sort=next", { viewport: WIDE });
  const before = await titles(page);
  assert.deepEqual(await page.locator("input:checked").evaluateAll((all) => all.map((it) => it.value)), ["tuesday", "thursday", "online"]);
  assert.equal(await search(page).inputValue(), "support");
  assert.equal(await page.getByRole("combobox", { name: "Sort by" }).inputValue(), "next");
  await page.reload();
  await shows(page);
  assert.deepEqual(await titles(page), before);
  await page.evaluate(() => (location.hash = "#day=monday"));
  await page.waitForFunction(() => document.querySelector("[value=monday]").checked && !document.querySelector("[value=tuesday]").checked);
});

test("a link to a part of the page changes nothing that is chosen", async () => {
  const { page } = await find("/groups/#day=tuesday", { viewport: WIDE });
  const before = await titles(page);
  await page.locator(".skip").focus();
  await page.keyboard.press("Enter");
  await page.waitForTimeout(200);
  assert.deepEqual(await titles(page), before);
  assert.equal(fragment(page), "#day=tuesday");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("main")), "it leads there all the same");
  const { page: long } = await find("/groups/#sort=name");
  await long.getByRole("button", { name: /^Show more/ }).click();
  await long.locator(".skip").focus();
  await long.keyboard.press("Enter");
  await long.waitForTimeout(200);
  assert.equal((await titles(long)).length, 40, "what was asked for stays");
  const { page: plain } = await find(LIST);
  await plain.locator(".skip").focus();
  await plain.keyboard.press("Enter");
  await plain.waitForTimeout(200);
  assert.ok(await plain.locator(".list").isVisible());
});

// What fits.

test("a card says in short what the list says, and leads to the group", async () => {
  const { page } = await find("/groups/#kind=peer-consultation");
  const short = page.locator(".found .card", { hasText: "Tuesday Consultation Circle" });
  const long = page.locator(".list .card", { hasText: "Tuesday Consultation Circle" });
  for (const part of [".when", ".where", ".state"]) assert.equal(await short.locator(part).textContent(), await long.locator(part).textContent(), part);
  assert.match(await short.innerText(), /Peer consultation, for professionals/);
  await short.getByRole("link").click();
  assert.equal(page.url(), `${server.origin}/groups/tuesday-consultation-circle/`);
  await page.goBack();
  await shows(page);
  const { page: few } = await find("/groups/#q=four+lines");
  assert.match(await few.locator(".found .card").first().innerText(), /Ask the group when it meets\s+Ask the group where it meets/);
});

test("links of cards lead to groups from every list", async () => {
  for (const path of ["/groups/page/2/#day=tuesday", `${FACET}#time=evening`]) {
    const { page } = await find(path);
    await page.locator(".found .card a").first().click();
    await page.locator(".facts").waitFor();
    assert.match(page.url(), /\/groups\/[a-z-]+\/$/);
  }
});

test("more groups are shown when asked for, and the focus goes to the first of them", async () => {
  const { page } = await find("/groups/#sort=name");
  const all = Number.parseInt(await heading(page).innerText(), 10);
  assert.equal((await titles(page)).length, 20);
  await page.getByRole("button", { name: `Show more (${all - 20})` }).click();
  await page.waitForFunction(() => document.activeElement.matches(".card a"));
  assert.equal(await page.locator(".card a:focus").evaluate((it) => [...document.querySelectorAll(".found .card a")].indexOf(it)), 20);
  for (let left = all - 40; left > 0; left -= 20) await page.getByRole("button", { name: /^Show more/ }).click();
  await page.waitForFunction((all) => document.querySelectorAll(".found .card").length === all, all);
  assert.ok(await page.getByRole("button", { name: /^Show more/ }).isHidden());
  assert.deepEqual(await titles(page), await listed(LIST));
});

test("sorted by the next meeting, cards tell it by the reader's clock", async () => {
  const told = async (timezoneId) => {
    const { page } = await find("/groups/#topic=grief,anxiety&sort=next", { timezoneId });
    return page.locator(".found .card").evaluateAll((all) => all.map((it) => it.querySelector(".soon")?.innerText.replace(/\u2060/g, "").replace(/\u00a0/g, " ")));
  };
  const here = await told("America/New_York");
  assert.equal(here[0], "Next meeting: Monday 23 November, 12:15–12:45 pm, today");
  assert.ok(here.length > 5 && here.every((line) => line?.startsWith("Next meeting")), `${here}`);
  const there = await told("Asia/Tokyo");
  assert.equal(there[0], "Next meeting, by your clock: Tuesday 24 November, 2:15–2:45 am, tomorrow");
});

test("where nothing fits, what to give up is said with what that gives, and where else to go", async () => {
  const { page } = await find("/groups/#topic=writing&day=tuesday");
  assert.equal(await heading(page).innerText(), "No group fits all of this");
  assert.equal(await page.locator(".found .elsewhere a:visible").count(), 3);
  for (const link of await page.locator(".found .elsewhere a").all()) {
    assert.equal((await fetch(await link.evaluate((it) => it.href))).status, 200);
  }
  const ways = page.getByRole("button", { name: /^Without / });
  assert.ok((await ways.count()) > 0);
  const [, label, count] = /^Without (.*): (\d+ groups?)$/.exec(await ways.first().innerText());
  await ways.first().click();
  await shows(page, new RegExp(`^${count}$`));
  assert.equal(await page.getByRole("button", { name: `Remove filter: ${label}` }).count(), 0);
  assert.ok(await heading(page).evaluate((it) => it === document.activeElement));
  assert.ok(await page.locator(".elsewhere").isHidden());
  await page.goBack();
  await page.waitForTimeout(PAUSE);
  assert.equal(await status(page).innerText(), "No group fits all of this");
});

// Near.

test("near a town the nearest come first, with their distance; what is online has none", async () => {
  const { page } = await find(LIST);
  await page.getByRole("combobox", { name: "Near" }).fill("Athens");
  await page.keyboard.press("Enter");
  await shows(page);
  assert.equal(fragment(page), "#near=Athens");
  assert.equal(await page.getByRole("combobox", { name: "Sort by" }).inputValue(), "distance");
  assert.match(await page.locator(".found .where").first().innerText(), /^Athens, .*about 1 mile away$/);
  assert.doesNotMatch((await page.locator(".found .where.online").allInnerTexts()).join(), /away/);
  const { page: metric } = await find("/groups/#near=Athens", { locale: "en-AU" });
  assert.match(await metric.locator(".found").innerText(), /about [\d,]+ kilometers away/);
});

test("a town that is not known is told with those that are", async () => {
  const { page } = await find(LIST);
  await page.getByRole("combobox", { name: "Near" }).fill("Atlantis");
  await page.keyboard.press("Enter");
  await shows(page);
  assert.match(await page.locator(".notices").innerText(), /“Atlantis” is not known here/);
  await page.locator(".notices").getByRole("button", { name: "Athens" }).click();
  await page.waitForFunction(() => location.hash === "#near=Athens");
  assert.equal(await page.getByRole("combobox", { name: "Near" }).inputValue(), "Athens");
  assert.equal(await page.locator(".notices button").count(), 0);
});

test("the reader's own place is used on the page only", async () => {
  const settings = { geolocation: { latitude: 39.3291, longitude: -82.1013 }, permissions: ["geolocation"] };
  const { page, asked, complaints } = await find(LIST, settings);
  await page.getByRole("button", { name: "Use my location" }).click();
  await shows(page);
  assert.equal(fragment(page), "#near=me");
  assert.equal(await page.getByRole("combobox", { name: "Near" }).inputValue(), "my location");
  assert.match(await page.locator(".found .where").first().innerText(), /about 1 mile away$/);
  await page.reload();
  await shows(page);
  await page.waitForFunction(() => document.querySelector(".found .where").innerText.includes("away"));
  assert.deepEqual(asked.filter((url) => /39\.3|82\.1/.test(url)), []);
  assert.deepEqual(complaints(), []);
  assert.deepEqual(await traces(page), []);
});

test("nobody is asked where they are on load, and a refusal is said", async () => {
  const script = () => {
    globalThis.questions = 0;
    navigator.geolocation.getCurrentPosition = (_, refused) => refused({ code: 1 }, (globalThis.questions += 1));
  };
  const { page } = await find("/groups/#near=me", { script });
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => globalThis.questions), 0);
  assert.match(await page.locator(".notices").innerText(), /Use my location/);
  await page.getByRole("button", { name: "Use my location" }).click();
  await page.waitForTimeout(PAUSE);
  assert.match(await status(page).innerText(), /Type a town/);
});

test("sorting waits for what it needs, and is no filter", async () => {
  const { page } = await find(LIST);
  const sort = page.getByRole("combobox", { name: "Sort by" });
  const open = () => sort.evaluate((it) => [...it.options].filter(({ disabled }) => !disabled).map(({ value }) => value));
  assert.deepEqual(await open(), ["next", "name"]);
  await search(page).fill("grief");
  await shows(page);
  assert.deepEqual(await open(), ["match", "next", "name"]);
  assert.equal(await sort.inputValue(), "match");
  await sort.selectOption("next");
  await page.waitForFunction(() => location.hash === "#q=grief&sort=next");
  await sort.selectOption("match");
  await page.waitForFunction(() => location.hash === "#q=grief");
});

// Everybody.

const STATES = {
  "nothing chosen": LIST,
  "groups that fit": "/groups/#topic=grief,anxiety&sort=next",
  "no group": "/groups/#topic=writing&day=tuesday",
  "an unknown town": "/groups/#near=Atlantis&q=anxeity",
  "a facet's page": `${FACET}#time=evening`,
};

for (const [what, path] of Object.entries(STATES)) {
  test(`axe finds nothing, in light, dark and forced colours: ${what}`, async () => {
    const { page } = await find(path, { bypassCSP: true });
    await unfold(page);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      for (const media of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }, { forcedColors: "none", contrast: "more" }]) {
        await page.emulateMedia(media);
        assert.deepEqual(await axe(page), [], `${width} px, ${JSON.stringify(media)}`);
      }
      await page.emulateMedia({ colorScheme: "light", contrast: null });
    }
  });

  test(`fits small and large screens, wide spacing and both directions: ${what}`, async () => {
    const { page } = await find(path, { bypassCSP: true });
    await unfold(page);
    for (const dir of ["ltr", "rtl"]) {
      await page.evaluate((dir) => (document.documentElement.dir = dir), dir);
      for (const [width, height] of [[320, 256], [390, 844], [640, 800], [1000, 800], [1280, 800]]) {
        await page.setViewportSize({ width, height });
        assert.deepEqual([...(await overflow(page)), ...(await clipped(page)), ...(await smallTargets(page))], [], `${dir}, ${width} px`);
      }
    }
    const low = await page.locator(".ask :is(button, select, label:has(input), summary):visible, .ask input:not([type=checkbox]):visible")
      .evaluateAll((all) => all.filter((it) => it.getBoundingClientRect().height < 43.5).map((it) => it.outerHTML.slice(0, 90)));
    assert.deepEqual(low, [], "44 px");
    await page.setViewportSize({ width: 320, height: 256 });
    await spaceOut(page);
    assert.deepEqual([...(await overflow(page)), ...(await clipped(page))], [], "with wide spacing");
  });

  test(`the Tab key stops everywhere once, in order, and is seen: ${what}`, async () => {
    const { page } = await find(path, { viewport: WIDE });
    assert.deepEqual(await walk(page), []);
  });
}

test("the finder does its work without a mouse", async () => {
  const { page } = await find(LIST, { viewport: WIDE });
  await box(page, "Tuesday").focus();
  await page.keyboard.press("Space");
  await shows(page);
  assert.ok(await box(page, "Tuesday").evaluate((it) => it.checked && it === document.activeElement));
  await page.getByRole("button", { name: "Remove filter: Tuesday" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".list").waitFor();
});

test("on paper there are the groups that fit, and no controls", async () => {
  const { page } = await find("/groups/#day=tuesday", { viewport: WIDE });
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("main :is(button, input, select, summary, fieldset):visible").count(), 0);
  assert.equal((await titles(page)).length, (await listed("/by/day/tuesday/")).length);
  assert.match(await heading(page).innerText(), /^\d+ groups$/);
  const left = await heading(page).evaluate((it) => it.getBoundingClientRect().left - document.querySelector("h1").getBoundingClientRect().left);
  assert.equal(left, 0, "no room is kept for filters");
});

test("it pushes nothing about, leaves no trace, and breaks no policy", async () => {
  const script = () => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => (globalThis.shift += entry.value))).observe({ type: "layout-shift", buffered: true });
  };
  for (const viewport of [{ width: 320, height: 568 }, { width: 390, height: 844 }, { width: 768, height: 1024 }, WIDE]) {
    for (const path of [LIST, FACET]) {
      const { page, complaints } = await find(path, { script, viewport });
      await page.waitForTimeout(200);
      const shift = await page.evaluate(() => globalThis.shift);
      assert.ok(shift < 0.1, `${path}, ${viewport.width} px: ${shift}`);
      await search(page).fill("grief");
      await shows(page);
      assert.deepEqual(complaints(), []);
      assert.deepEqual(await traces(page), []);
      await page.context().close();
    }
  }
});

test("where a part of the index cannot be had, the page's own list is there, and the next choice tries again", async () => {
  const { page } = await find(LIST);
  await page.route("**/assets/finder/*", (route) => route.abort());
  await search(page).fill("grief");
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent.includes("could not be loaded"));
  assert.ok(await page.locator(".list .card").first().isVisible());
  assert.equal(await search(page).inputValue(), "grief");
  await page.unroute("**/assets/finder/*");
  await search(page).fill("anxiety");
  await shows(page);
});

test("started again on the same page, it is there once and knows what was chosen", async () => {
  const { page, complaints } = await find("/groups/#day=tuesday", { viewport: WIDE });
  const before = await titles(page);
  await page.evaluate(async () => {
    const { src } = document.querySelector("script[src$='finder.js']");
    // The same modules by another address: they run anew, as `roundtable serve` does it.
    await import(new URL(src).href.replace("/assets/", "/assets/../assets/") + "?again");
  });
  await shows(page);
  assert.equal(await page.getByRole("search").count(), 1);
  assert.equal(await page.getByRole("searchbox").count(), 1);
  assert.deepEqual(await titles(page), before);
  const length = await page.evaluate(() => history.length);
  await box(page, "Online").check();
  await page.waitForFunction(() => location.hash === "#day=tuesday&format=online");
  assert.equal(await page.evaluate(() => history.length), length + 1);
  assert.deepEqual(complaints(), []);
});

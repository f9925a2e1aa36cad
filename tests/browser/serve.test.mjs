// What an organizer sees while a site is edited: banner, panel, and a page that changes in place.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { axe } from "./axe.mjs";
import { launch, open, unfold } from "./browser.mjs";
import { overflow } from "./layout.mjs";
import { edited } from "./live.mjs";
import { PAGES } from "./site.mjs";

const GROUP = PAGES["rich group"];
const FILE = "content/groups/professionals/tuesday-consultation-circle.md";
const BANNER = "#roundtable-banner";
const PANEL = "#roundtable-panel";
const NOTE = "#roundtable-note";
/** What a reader can change on a page, which the default theme has little of. */
const FORM = `{% extends "default/group.html" %}{% block story %}
<details id="more"><summary>More</summary><p>Folded text</p></details>
<script type="module" src="{{ site.assets }}js/dates.js"></script>
<p><label>Notes <input name="notes"></label> <label><input type="checkbox" name="come"> I come</label></p>
{{ super() }}{% endblock %}`;

/** A group's file with a mistake in its second line. */
const broken = (text) => text.replace(/^title: .*$/m, "title: Grief #2");

const browser = await launch();
const live = await edited();
test.after(() => live.stop());

/** A page that is followed; `asked` is what it asks the server for, `complaints` are what a browser says of code that the policy forbids, and errors of scripts. */
async function visit(path, settings) {
  const page = await open(browser, settings);
  const complaints = [];
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  page.on("console", (message) => /Content Security|Trusted/.test(message.text()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(live.origin + path);
  if (settings?.javaScriptEnabled !== false) await page.evaluate(() => (window.marker = "same window"));
  return { page, complaints, asked };
}

async function isSameWindow(page) {
  assert.equal(await page.evaluate(() => window.marker), "same window", "the page was loaded anew");
}

const text = (page, words) => page.waitForFunction((words) => document.querySelector("main").innerText.includes(words), words);

test("a banner comes when a file is broken, is announced, and goes by itself", async () => {
  const { page, complaints } = await visit(GROUP);
  assert.equal(await page.locator(BANNER).count(), 0);
  const good = readFileSync(join(live.source, FILE), "utf8");
  live.save(FILE, broken);
  await page.locator(BANNER).waitFor();
  assert.equal(await page.locator(`${BANNER} summary`).first().innerText(), "This page has a problem");
  assert.match(await page.locator(`${BANNER} li`).first().innerText(), /is lost[^]*line 2, column 14[^]*title: Grief #2[^]*Put [^]*double quotes/);
  assert.equal(await page.locator(`${BANNER} mark`).first().innerText(), "#2");
  assert.equal(await page.locator(NOTE).innerText(), "This page has a problem");
  assert.equal(await page.locator(NOTE).getAttribute("role"), "status");
  assert.ok(await page.locator("main h1").isVisible(), "the last good page is there");
  live.save(FILE, good);
  await page.locator(BANNER).waitFor({ state: "detached" });
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("problems of other files are one folded line", async () => {
  const good = readFileSync(join(live.source, FILE), "utf8");
  live.save(FILE, broken);
  const { page } = await visit("/privacy/");
  await page.locator(BANNER).waitFor();
  assert.equal(await page.locator(`${BANNER} summary`).innerText(), "Another file has a problem");
  assert.equal(await page.locator(`${BANNER} li`).isVisible(), false);
  live.save(FILE, good);
  await page.locator(BANNER).waitFor({ state: "detached" });
  await page.context().close();
});

test("style sheets change in place, and no moment is without", async () => {
  const { page, complaints, asked } = await visit(GROUP);
  await page.evaluate(() => {
    window.papers = new Set();
    const look = () => {
      window.papers.add(getComputedStyle(document.body).backgroundColor);
      requestAnimationFrame(look);
    };
    look();
  });
  await page.route("**/*.css", async (route) => {
    await new Promise((done) => setTimeout(done, 200));
    await route.continue();
  });
  const tokens = readFileSync(new URL("../../themes/default/css/tokens.css", import.meta.url), "utf8");
  const before = asked.length;
  live.save("theme/css/tokens.css", tokens.replace("--paper: #faf6ee", "--paper: #102030"));
  await page.waitForFunction(() => window.papers.has("rgb(16, 32, 48)"));
  assert.deepEqual(await page.evaluate(() => [...window.papers]), ["rgb(250, 246, 238)", "rgb(16, 32, 48)"]);
  await isSameWindow(page);
  assert.ok(!asked.slice(before).some((path) => path.includes("/again/")), "scripts have run again");
  live.remove("theme/css/tokens.css");
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(250, 246, 238)");
  assert.equal(await page.evaluate(() => document.querySelectorAll("link[rel=stylesheet][href*='site.css']").length), 1);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("text changes in place; what a reader did stays", async () => {
  live.save("theme/templates/group.html", FORM);
  const { page, complaints } = await visit(`${GROUP}#more`);
  await page.locator("#more summary").click();
  await page.locator(`${PANEL} summary`).click();
  await page.locator("[name=come]").check();
  await page.locator("[name=notes]").fill("half a sente");
  await page.evaluate(() => document.querySelector("[name=notes]").setSelectionRange(2, 5));
  await page.evaluate(() => scrollTo(0, 900));
  const before = await page.evaluate(() => [scrollY, document.title]);
  await page.evaluate(() => (window.sheet = document.querySelector("link[href*='group.css']").getAttribute("href")));
  const purpose = "A purpose that has just been typed, with <b>brackets</b>.";
  const good = readFileSync(join(live.source, FILE), "utf8");
  live.save(FILE, (text) => text.replace(/^purpose: .*$/m, `purpose: ${purpose}`).replace(/^title: .*$/m, "title: Renamed Circle"));
  await text(page, purpose);
  await isSameWindow(page);
  const kept = await page.evaluate(() => {
    const notes = document.querySelector("[name=notes]");
    return {
      notes: notes.value, selection: [notes.selectionStart, notes.selectionEnd], focus: document.activeElement === notes,
      checked: document.querySelector("[name=come]").checked, more: document.querySelector("#more").open,
      panel: document.querySelector("#roundtable-panel details").open, hash: location.hash,
    };
  });
  assert.deepEqual(kept, {
    notes: "half a sente", selection: [2, 5], focus: true, checked: true, more: true, panel: true, hash: "#more",
  });
  const after = await page.evaluate(() => [scrollY, document.title]);
  // What stands above may have become longer or shorter; what is in sight stays there.
  assert.ok(Math.abs(after[0] - before[0]) < 200, `scrolled from ${before[0]} to ${after[0]}`);
  assert.match(after[1], /^Renamed Circle/);
  assert.equal(await page.locator("main b").count(), 0);
  // The address of the script in the body changes with the theme, and no policy lets a script change that.
  live.save("theme/css/week.css", "");
  await page.waitForFunction(() => !document.querySelector(`link[href="${window.sheet}"]`));
  await isSameWindow(page);
  live.remove("theme/css/week.css");
  live.save(FILE, good);
  live.remove("theme/templates/group.html");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a new paragraph leaves everything else as it was", async () => {
  const { page } = await visit("/about/");
  const mark = () => page.evaluate(() => {
    const all = [...document.querySelectorAll("body *:not(script)")].filter((it) => !it.closest("#roundtable-note"));
    for (const it of all) it.old = true;
    return all.length;
  });
  const before = await mark();
  const file = "content/pages/about.md";
  const good = readFileSync(join(live.source, file), "utf8");
  live.save(file, good.replace(/\n---\n/, "\n---\nA paragraph that is new.\n\n"));
  await text(page, "A paragraph that is new.");
  const kept = await page.evaluate(() => [...document.querySelectorAll("*")].filter((it) => it.old).length);
  assert.equal(kept, before);
  live.save(file, good);
  await page.waitForFunction(() => !document.querySelector("main").innerText.includes("that is new"));
  assert.equal(await page.evaluate(() => [...document.querySelectorAll("*")].filter((it) => it.old).length), before);
  await page.context().close();
});

test("a script that a page gets runs once, and once more after each change", async () => {
  const { page, complaints } = await visit(GROUP);
  const good = readFileSync(join(live.source, FILE), "utf8");
  live.save("static/count.js", "window.runs = (window.runs ?? 0) + 1;\n");
  live.save("theme/templates/group.html", `{% extends "default/group.html" %}{% block head_extra %}<script type="module" src="/count.js"></script>{{ super() }}{% endblock %}`);
  for (const runs of [1, 2, 3]) {
    await page.waitForFunction((runs) => window.runs === runs, runs);
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => window.runs), runs);
    live.save(FILE, good.replace(/^purpose: .*$/m, `purpose: Change ${runs} of the purpose.`));
  }
  live.save(FILE, good);
  live.remove("theme/templates/group.html");
  live.remove("static/count.js");
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("what the theme's scripts add is there once after a change", async () => {
  const { page, complaints } = await visit(GROUP);
  const told = () => page.evaluate(() => [document.querySelector("[data-words]").innerText, document.querySelector("[data-ago]").innerText]);
  const before = await told();
  assert.ok(before[0].length > 10 && before[1].includes("ago)"), `${before}`);
  const good = readFileSync(join(live.source, FILE), "utf8");
  for (const round of [1, 2, 3]) {
    live.save(FILE, good.replace(/^purpose: .*$/m, `purpose: Round ${round} of the changes.`));
    await text(page, `Round ${round} of`);
    await page.waitForFunction((before) => document.querySelector("[data-ago]").innerText === before, before[1]);
    await page.waitForFunction((before) => document.querySelector("[data-words]").innerText === before, before[0]);
  }
  live.save(FILE, good);
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("the week turns into the next seven days again, with the words that the page has now", async () => {
  const { page, complaints } = await visit(PAGES.week);
  const days = () => page.locator("[data-words] h2").allInnerTexts();
  const before = await days();
  assert.match(before[0], /23 November, today/);
  const good = readFileSync(join(live.source, FILE), "utf8");
  assert.equal(before.at(-1), "Not in these seven days");
  live.save("theme/language/en.yaml", "week:\n  later: Further ahead\n");
  live.save(FILE, good.replace(/^title: .*$/m, "title: Renamed Circle"));
  await text(page, "Renamed Circle");
  await page.waitForFunction((before) => document.querySelector("[data-words] h2").innerText === before, before[0]);
  assert.deepEqual(await days(), [...before.slice(0, -1), "Further ahead"]);
  await isSameWindow(page);
  live.save(FILE, good);
  live.remove("theme/language/en.yaml");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("other scripts of the theme start the page anew", async () => {
  const { page } = await visit(`${GROUP}#main`);
  live.save("theme/js/dates.js", "document.documentElement.dataset.mine = 'yes'; export const distance = () => '';");
  await page.waitForFunction(() => document.documentElement.dataset.mine === "yes");
  assert.equal(await page.evaluate(() => `${window.marker} ${location.hash}`), "undefined #main");
  live.remove("theme/js/dates.js");
  await page.context().close();
});

test("a changed picture is seen", async () => {
  const { page } = await visit("/");
  const logo = () => page.evaluate(() => document.querySelector(".brand img").naturalWidth);
  const before = await logo();
  const good = readFileSync(join(live.source, "static/logo.svg"), "utf8");
  live.save("static/logo.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="77" height="20"><rect width="77" height="20"/></svg>\n');
  await page.waitForFunction(() => document.querySelector(".brand img").naturalWidth === 77);
  live.save("static/logo.svg", good);
  await page.waitForFunction((before) => document.querySelector(".brand img").naturalWidth === before, before);
  await isSameWindow(page);
  await page.context().close();
});

test("a page that is taken away becomes the page that says so, and comes back", async () => {
  const { page, complaints } = await visit("/groups/four-lines/");
  const good = readFileSync(join(live.source, "content/groups/four-lines.md"), "utf8");
  live.remove("content/groups/four-lines.md");
  await page.waitForFunction(() => document.querySelector("main").className === "not-found");
  live.save("content/groups/four-lines.md", good);
  await page.waitForFunction(() => document.querySelector("h1").innerText === "Four Lines");
  await page.waitForFunction(() => document.querySelector("link[href*='group.css']"));
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a page that could not be shown yet says why, and becomes the page", async () => {
  const file = "content/groups/brand-new.md";
  const fields = "title: Brand New\npurpose: To be read in a test.\nkind: peer-support\nverified: 2026-11-01\n";
  live.save(file, `---\n${broken(fields)}---\n`);
  const { page, complaints } = await visit("/groups/brand-new/");
  await page.locator(BANNER).waitFor();
  assert.equal(await page.locator(`${BANNER} summary`).first().innerText(), "This page cannot be shown yet: it has a problem");
  assert.equal(await page.locator("link[href*='group.css']").count(), 0);
  live.save(file, `---\n${fields}---\n`);
  await page.waitForFunction(() => document.querySelector("[data-ago]")?.innerText.includes("(3 weeks ago)"));
  assert.equal(await page.locator("h1").innerText(), "Brand New");
  assert.equal(await page.locator(BANNER).count(), 0);
  assert.equal(await page.locator("body").getAttribute("class"), null);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(250, 246, 238)");
  await isSameWindow(page);
  live.remove(file);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a page says that the server has stopped, and goes on when it is back", async () => {
  const { page, complaints } = await visit(GROUP);
  const isGone = () => page.locator(`${NOTE}.roundtable-shown`).waitFor();
  const isBack = () => page.waitForFunction(() => document.querySelector("#roundtable-note").innerText === "");
  await live.stop();
  await isGone();
  await live.start();
  await isBack();
  await live.stop();
  await isGone();
  assert.match(await page.locator(NOTE).innerText(), /The server has stopped\. This page comes back by itself/);
  const good = readFileSync(join(live.source, FILE), "utf8");
  live.save(FILE, good.replace(/^purpose: .*$/m, "purpose: Typed while nobody served."));
  await live.start();
  await text(page, "Typed while nobody served.");
  await isBack();
  assert.equal(await page.locator(`${NOTE}.roundtable-shown`).count(), 0);
  live.save(FILE, good);
  await page.waitForFunction(() => !document.querySelector("main").innerText.includes("while nobody served"));
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a page that nobody looks at does not wait, and misses nothing", async () => {
  const { page } = await visit("/about/");
  await page.waitForTimeout(300);
  const hide = (hidden) => page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  const isPoll = (request) => new URL(request.url()).pathname === "/.roundtable/live";
  const polls = [];
  page.on("request", (request) => isPoll(request) && polls.push(request));
  const given = page.waitForEvent("requestfailed", isPoll);
  await hide(true);
  await given;
  const before = polls.length;
  const file = "content/pages/about.md";
  const good = readFileSync(join(live.source, file), "utf8");
  live.save(file, `${good}\nTyped while nobody looked.\n`);
  await page.waitForTimeout(500);
  assert.equal(polls.length, before);
  assert.ok(!(await page.locator("main").innerText()).includes("nobody looked"));
  await hide(false);
  await text(page, "Typed while nobody looked.");
  live.save(file, good);
  await isSameWindow(page);
  await page.context().close();
});

test("the panel moves nothing on the page", async () => {
  for (const path of [GROUP, "/", PAGES.week]) {
    for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
      const { page } = await visit(path, { viewport });
      const boxes = () => page.evaluate((panel) => [...document.querySelectorAll("html, body, body *")]
        .filter((it) => !it.closest(`${panel}, #roundtable-note`))
        .map((it) => [it.localName, ...Object.values(it.getBoundingClientRect().toJSON())].join(" ")), PANEL);
      const folded = await boxes();
      await page.locator(`${PANEL} summary`).click();
      const unfolded = await boxes();
      await page.evaluate((panel) => document.querySelector(panel).remove(), PANEL);
      const without = await boxes();
      assert.ok(without.length > 50);
      assert.deepEqual(folded, without);
      assert.deepEqual(unfolded, without);
      await page.context().close();
    }
  }
});

test("the panel works with keys, goes to the other side, fits a small phone, and is not printed", async () => {
  const { page } = await visit(GROUP, { viewport: { width: 320, height: 480 } });
  const summary = page.locator(`${PANEL} summary`);
  await summary.focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator(`${PANEL} dl`).isVisible());
  assert.deepEqual(await overflow(page), []);
  for (const target of [`${PANEL} summary`, `${PANEL} label`]) {
    assert.ok((await page.locator(target).boundingBox()).height >= 44, target);
  }
  const sheet = await page.locator(`${PANEL} .roundtable-sheet`).boundingBox();
  assert.ok(sheet.x >= 0 && sheet.x + sheet.width <= 320 && sheet.y >= 0, JSON.stringify(sheet));
  await page.locator("#roundtable-side").focus();
  await page.keyboard.press("Space");
  const moved = await page.locator(`${PANEL} .roundtable-sheet`).boundingBox();
  assert.ok(moved.x >= 0 && moved.x + moved.width <= 320, JSON.stringify(moved));
  assert.ok((await summary.boundingBox()).x < 160);
  await page.emulateMedia({ media: "print" });
  assert.equal(await summary.isVisible(), false);
  await page.context().close();
});

test("banner and panel can be read without JavaScript", async () => {
  const good = readFileSync(join(live.source, FILE), "utf8");
  live.save(FILE, broken);
  const { page } = await visit(GROUP, { javaScriptEnabled: false });
  for (let tries = 0; !(await page.locator(BANNER).count()); tries++) {
    assert.ok(tries < 50, "no banner");
    await page.waitForTimeout(100);
    await page.reload();
  }
  assert.ok(await page.locator(`${BANNER} li`).first().isVisible());
  assert.equal(await page.locator(`${PANEL} dl`).isVisible(), false);
  await page.locator(`${PANEL} summary`).click();
  assert.match(await page.locator(`${PANEL} dl`).innerText(), /The file to edit[^]*This means: 1st and 3rd Tuesday/);
  live.save(FILE, good);
  await page.context().close();
});

test("axe finds nothing in banner and panel", async () => {
  const good = readFileSync(join(live.source, FILE), "utf8");
  live.save(FILE, broken);
  const { page } = await visit(GROUP, { bypassCSP: true });
  await page.locator(BANNER).waitFor();
  await unfold(page);
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    for (const media of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }]) {
      await page.emulateMedia({ forcedColors: "none", ...media });
      assert.deepEqual(await axe(page), [], `${width} px, ${JSON.stringify(media)}`);
    }
  }
  live.save(FILE, good);
  await page.context().close();
});

test("under a path of its own a site is followed, too", async () => {
  const below = await edited({ base: "/sub/path/" });
  const page = await open(browser);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${below.origin}${GROUP}`);
  below.save(FILE, (text) => text.replace(/^purpose: .*$/m, "purpose: Below a path."));
  await text(page, "Below a path.");
  await page.waitForFunction(() => document.querySelector("[data-ago]").innerText.includes("ago)"));
  assert.ok(asked.some((path) => path.startsWith("/sub/path/.roundtable/again/1/assets/")));
  await page.context().close();
  await below.stop();
});

// What an organizer sees while a site is edited: banner, panel, and a page that changes in place.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
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
test.afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await live.restore();
});

/**
 * A page of a server that is followed; `asked` is what it asks the server for, `complaints` are what a browser says of code
 * that the policy forbids, and errors of scripts.
 */
async function visit(path, { origin = live.origin, ...settings } = {}) {
  const page = await open(browser, settings);
  const complaints = [];
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  page.on("console", (message) => /Content Security|Trusted/.test(message.text()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(origin + path);
  if (settings.javaScriptEnabled !== false) await page.evaluate(() => (window.marker = "same window"));
  return { page, complaints, asked };
}

async function isSameWindow(page) {
  assert.equal(await page.evaluate(() => window.marker), "same window", "the page was loaded anew");
}

/** Waits for what the browser does not know: something of the test itself. */
async function until(isSo) {
  for (const ends = Date.now() + 15_000; !isSo(); await pause(20)) assert.ok(Date.now() < ends, `${isSo}`);
}

const isPoll = (path) => path.endsWith("/.roundtable/live");
/** Waits until a page has done all that it does about a change, and waits for the next one. */
const isAtRest = (asked) => until(() => isPoll(asked.filter((path) => !path.endsWith(".svg")).at(-1) ?? ""));

const text = (page, words) => page.waitForFunction((words) => document.querySelector("main").innerText.includes(words), words);

test("a banner comes when a file is broken, is announced, and goes by itself", async () => {
  const { page, complaints } = await visit(GROUP);
  assert.equal(await page.locator(BANNER).count(), 0);
  live.save(FILE, broken);
  await page.locator(BANNER).waitFor();
  assert.equal(await page.locator(`${BANNER} summary`).first().innerText(), "This page has a problem");
  assert.match(await page.locator(`${BANNER} li`).first().innerText(), /is lost[^]*line 2, column 14[^]*title: Grief #2[^]*Put [^]*double quotes/);
  assert.equal(await page.locator(`${BANNER} mark`).first().innerText(), "#2");
  assert.equal(await page.locator(NOTE).innerText(), "This page has a problem");
  assert.equal(await page.locator(NOTE).getAttribute("role"), "status");
  assert.ok(await page.locator("main h1").isVisible(), "the last good page is there");
  live.undo(FILE);
  await page.locator(BANNER).waitFor({ state: "detached" });
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
});

test("what is wrong is shown as it was typed, and nothing in it runs", async () => {
  const hostile = "<script>window.hit = 1</script><img src=x onerror=window.hit=2><b>";
  live.save(FILE, (text) => text.replace(/^title: .*$/m, `title: ${hostile} #2`));
  await live.settled();
  const { page, complaints } = await visit(GROUP);
  assert.ok((await page.locator(`${BANNER} pre`).innerText()).includes(hostile));
  live.save(FILE, (text) => text.replace(/^title: .*$/m, `title: Again ${hostile} #2`));
  await page.waitForFunction(() => document.querySelector("#roundtable-banner pre").innerText.includes("Again <script>"));
  assert.equal(await page.locator(`${BANNER} :is(script, img, b)`).count(), 0);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.deepEqual(complaints, []);
});

test("problems of other files are one folded line", async () => {
  live.save(FILE, broken);
  await live.settled();
  const { page } = await visit("/privacy/");
  await page.locator(BANNER).waitFor();
  assert.equal(await page.locator(`${BANNER} summary`).innerText(), "Another file has a problem");
  assert.equal(await page.locator(`${BANNER} li`).isVisible(), false);
  live.undo(FILE);
  await page.locator(BANNER).waitFor({ state: "detached" });
});

test("what other pages show does not touch a page", async () => {
  const { page, asked } = await visit("/privacy/");
  await isAtRest(asked);
  const others = asked.length;
  live.save(FILE, (text) => text.replace(/^purpose: .*$/m, "purpose: Nobody at the privacy page sees this."));
  live.save("static/logo-of-nobody.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await live.settled();
  const fetched = () => asked.slice(others).filter((path) => path === "/privacy/").length;
  assert.equal(fetched(), 0, "the page is not fetched for what others show");
  live.save("content/pages/privacy.md", (text) => `${text}\nThis is seen.\n`);
  await text(page, "This is seen.");
  assert.ok(fetched() > 0);
  await isSameWindow(page);
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
  live.undo("theme/css/tokens.css");
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(250, 246, 238)");
  assert.equal(await page.evaluate(() => document.querySelectorAll("link[rel=stylesheet][href*='site.css']").length), 1);
  assert.deepEqual(complaints, []);
});

test("text changes in place; what a reader did stays", async () => {
  live.save("theme/templates/group.html", FORM);
  await live.settled();
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
  assert.deepEqual(complaints, []);
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
  live.save(file, (text) => text.replace(/\n---\n/, "\n---\nA paragraph that is new.\n\n"));
  await text(page, "A paragraph that is new.");
  const kept = await page.evaluate(() => [...document.querySelectorAll("*")].filter((it) => it.old).length);
  assert.equal(kept, before);
  live.undo(file);
  await page.waitForFunction(() => !document.querySelector("main").innerText.includes("that is new"));
  assert.equal(await page.evaluate(() => [...document.querySelectorAll("*")].filter((it) => it.old).length), before);
});

test("a script that a page gets runs once, and once more after each change", async () => {
  const { page, complaints, asked } = await visit(GROUP);
  live.save("static/count.js", "window.runs = (window.runs ?? 0) + 1;\n");
  live.save("theme/templates/group.html", `{% extends "default/group.html" %}{% block head_extra %}<script type="module" src="/count.js"></script>{{ super() }}{% endblock %}`);
  for (const runs of [1, 2, 3]) {
    await page.waitForFunction((runs) => window.runs === runs, runs);
    await isAtRest(asked);
    assert.equal(await page.evaluate(() => window.runs), runs);
    live.save(FILE, (text) => text.replace(/^purpose: .*$/m, `purpose: Change ${runs} of the purpose.`));
  }
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
});

test("what the theme's scripts add is there once after a change", async () => {
  const { page, complaints } = await visit(GROUP);
  const told = () => page.evaluate(() => [document.querySelector("[data-words]").innerText, document.querySelector("[data-ago]").innerText]);
  // The scripts may not have run yet.
  await page.waitForFunction(() => document.querySelector("[data-words]").innerText.length > 10 && document.querySelector("[data-ago]").innerText.includes("ago)"));
  const before = await told();
  for (const round of [1, 2, 3]) {
    live.save(FILE, (text) => text.replace(/^purpose: .*$/m, `purpose: Round ${round} of the changes.`));
    await text(page, `Round ${round} of`);
    await page.waitForFunction((before) => document.querySelector("[data-ago]").innerText === before, before[1]);
    await page.waitForFunction((before) => document.querySelector("[data-words]").innerText === before, before[0]);
  }
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
});

test("a theme that changes while a page runs its scripts is seen, too", async () => {
  const { page, complaints } = await visit(GROUP);
  const tokens = readFileSync(new URL("../../themes/default/css/tokens.css", import.meta.url), "utf8");
  let held = 0;
  await page.route("**/again/**", async (route) => {
    if (held++ === 0) {
      live.save("theme/css/tokens.css", tokens.replace("--paper: #faf6ee", "--paper: #102030"));
      await live.settled();
    }
    await route.continue();
  });
  live.save(FILE, (text) => text.replace(/^purpose: .*$/m, "purpose: Text, then colour."));
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(16, 32, 48)");
  await page.waitForFunction(() => document.querySelector("[data-ago]").innerText.includes("ago)"));
  assert.ok(held > 1, "scripts have run again");
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
});

test("the week turns into the next seven days again, with the words that the page has now", async () => {
  const { page, complaints } = await visit(PAGES.week);
  const days = () => page.locator("[data-words] h2").allInnerTexts();
  const before = await days();
  assert.match(before[0], /23 November, today/);
  assert.equal(before.at(-1), "Not in these seven days");
  live.save("theme/language/en.yaml", "week:\n  later: Further ahead\n");
  live.save(FILE, (text) => text.replace(/^title: .*$/m, "title: Renamed Circle"));
  await text(page, "Renamed Circle");
  await page.waitForFunction((before) => document.querySelector("[data-words] h2").innerText === before, before[0]);
  assert.deepEqual(await days(), [...before.slice(0, -1), "Further ahead"]);
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
});

test("other scripts of the theme start the page anew", async () => {
  const { page } = await visit(`${GROUP}#main`);
  live.save("theme/js/dates.js", "document.documentElement.dataset.mine = 'yes'; export const distance = () => '';");
  await page.waitForFunction(() => document.documentElement.dataset.mine === "yes");
  assert.equal(await page.evaluate(() => `${window.marker} ${location.hash}`), "undefined #main");
});

test("a changed picture is seen", async () => {
  const { page } = await visit("/");
  const logo = () => page.evaluate(() => document.querySelector(".brand img").naturalWidth);
  const before = await logo();
  live.save("static/logo.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="77" height="20"><rect width="77" height="20"/></svg>\n');
  await page.waitForFunction(() => document.querySelector(".brand img").naturalWidth === 77);
  live.undo("static/logo.svg");
  await page.waitForFunction((before) => document.querySelector(".brand img").naturalWidth === before, before);
  await isSameWindow(page);
});

test("a page that is taken away becomes the page that says so, and comes back", async () => {
  const { page, complaints } = await visit("/groups/four-lines/");
  live.remove("content/groups/four-lines.md");
  await page.waitForFunction(() => document.querySelector("main").className === "not-found");
  live.undo("content/groups/four-lines.md");
  await page.waitForFunction(() => document.querySelector("h1").innerText === "Four Lines");
  await page.waitForFunction(() => document.querySelector("link[href*='group.css']"));
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
});

test("an address at which nothing stands becomes the page that is written for it", async () => {
  const { page, complaints } = await visit("/groups/brand-new/");
  assert.equal(await page.locator("main").getAttribute("class"), "not-found");
  live.save("content/groups/brand-new.md", "---\ntitle: Brand New\npurpose: To be read in a test.\nkind: peer-support\n---\n");
  await page.waitForFunction(() => document.querySelector("h1").innerText === "Brand New");
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
});

test("a template with a fault keeps the page as it was, and says where the fault is", async () => {
  const { page, complaints } = await visit(GROUP);
  const theme = "theme/templates/group.html";
  const heading = await page.locator("h1").innerText();
  const wrong = (line) => live.save(theme, `{% extends "default/group.html" %}\n{% block story %}${line}{% endblock %}\n`);
  const banner = () => page.locator(BANNER).innerText();
  wrong("{{ no_such.thing }}");
  await page.locator(BANNER).waitFor();
  assert.match(await banner(), /This page has a problem[^]*no_such is not defined[^]*on the page \/groups\/tuesday[^]*theme\/templates\/group\.html, line 2, column 21/);
  assert.equal(await page.locator("h1").innerText(), heading);
  // The fault before is no longer in the file, so nobody is told of it.
  wrong("{{ super( }}");
  await page.waitForFunction(() => document.querySelector("#roundtable-banner").innerText.includes("super("));
  assert.match(await banner(), /This page has a problem/);
  assert.doesNotMatch(await banner(), /no_such/);
  assert.equal(await page.locator("h1").innerText(), heading);
  wrong("<p>The template is whole again.</p>");
  await text(page, "The template is whole again.");
  assert.equal(await page.locator(BANNER).count(), 0);
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
});

test("a draft says that it is one, until it is published", async () => {
  live.save(FILE, (text) => text.replace(/^visibility: .*$/m, "visibility: draft"));
  await live.settled();
  const { page } = await visit(GROUP);
  assert.match(await page.locator(BANNER).innerText(), /^Draft: [^]*visibility: draft[^]*tuesday-consultation-circle\.md/);
  live.undo(FILE);
  await page.locator(BANNER).waitFor({ state: "detached" });
  await isSameWindow(page);
});

test("a page that could not be shown yet says why, and becomes the page", async () => {
  const file = "content/groups/brand-new.md";
  const fields = "title: Brand New\npurpose: To be read in a test.\nkind: peer-support\nverified: 2026-11-01\n";
  live.save(file, `---\n${broken(fields)}---\n`);
  await live.settled();
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
  assert.deepEqual(complaints, []);
});

test("a page says that the server has stopped, and goes on when it is back", async () => {
  const { page, complaints } = await visit(GROUP);
  const isGone = () => page.locator(`${NOTE}.roundtable-shown`).waitFor();
  const isBack = () => page.waitForFunction(() => document.querySelector("#roundtable-note").innerText === "");
  await live.stop();
  await isGone();
  await live.start();
  await isBack();
  await live.stop("SIGKILL");
  await isGone();
  assert.match(await page.locator(NOTE).innerText(), /The server has stopped\. Start it again with roundtable serve, and this page goes on by itself/);
  live.save(FILE, (text) => text.replace(/^purpose: .*$/m, "purpose: Typed while nobody served."));
  await live.start();
  await text(page, "Typed while nobody served.");
  await isBack();
  assert.equal(await page.locator(`${NOTE}.roundtable-shown`).count(), 0);
  live.undo(FILE);
  await page.waitForFunction(() => !document.querySelector("main").innerText.includes("while nobody served"));
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
});

test("a page that nobody looks at does not wait, and misses nothing", async () => {
  const { page, asked } = await visit("/about/");
  await isAtRest(asked);
  const hide = (hidden) => page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  const given = page.waitForEvent("requestfailed", (request) => isPoll(new URL(request.url()).pathname));
  await hide(true);
  await given;
  const before = asked.length;
  const file = "content/pages/about.md";
  live.save(file, (text) => `${text}\nTyped while nobody looked.\n`);
  await live.settled();
  assert.equal(asked.length, before);
  assert.ok(!(await page.locator("main").innerText()).includes("nobody looked"));
  await hide(false);
  await text(page, "Typed while nobody looked.");
  await isSameWindow(page);
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
});

test("the panel says what an organizer would like to know", async () => {
  const said = async (path) => {
    const { page } = await visit(path);
    await page.locator(`${PANEL} summary`).click();
    return page.locator(PANEL).innerText();
  };
  const rich = await said(GROUP);
  assert.match(rich, /The file to edit\s+content\/groups\/professionals\/tuesday-consultation-circle\.md/);
  assert.match(rich, /Last confirmed\s+\d+ (days|weeks|months) ago, on \d+ \w+ 2026/);
  assert.match(rich, /This means: 1st and 3rd Tuesday[^]*Next:/);
  assert.equal(rich.match(/Next:([^]*)Extra meetings:/)[1].match(/day \d+ \w+ 202\d, /g).length, 5);
  assert.match(rich, /The eight questions\s+All are answered/);
  const bare = await said("/groups/four-lines/");
  assert.match(bare, /Last confirmed\s+Not yet[^]*verified: 2026-11-23/);
  assert.match(bare, /Still open of the eight questions[^]*When does it meet\?/);
  assert.match(await said("/"), /What it is made from\s+this file, and site\.yaml/);
});

test("nothing of all this is printed", async () => {
  live.save(FILE, broken);
  await live.settled();
  const { page } = await visit(GROUP);
  await page.locator(`${PANEL} summary`).click();
  await page.emulateMedia({ media: "print" });
  for (const part of [BANNER, PANEL, NOTE]) assert.equal(await page.locator(part).isVisible(), false, part);
});

test("the finder keeps what was chosen while its groups, its values and its words change", async () => {
  const { page, complaints } = await visit("/groups/#day=tuesday&q=circle");
  const cards = page.locator(".found .card");
  await cards.filter({ hasText: "Tuesday Consultation Circle" }).waitFor();
  live.save(FILE, (text) => text.replace(/^title: .*$/m, "title: Circle of Tuesdays"));
  await cards.filter({ hasText: "Circle of Tuesdays" }).waitFor();
  assert.equal(await page.getByRole("searchbox").count(), 1);
  assert.equal(await page.getByRole("searchbox").inputValue(), "circle");
  assert.equal(await page.locator("[value=tuesday]").isChecked(), true);
  assert.equal(new URL(page.url()).hash, "#day=tuesday&q=circle");
  live.save("theme/language/en.yaml", "finder:\n  near: Close to\n  clear: Begin anew\n");
  await page.getByLabel("Close to").waitFor();
  await page.getByRole("button", { name: "Begin anew" }).click();
  await page.locator(".list").waitFor();
  assert.equal(await page.getByRole("searchbox").count(), 1);
  await isSameWindow(page);
  assert.deepEqual(complaints, []);
});

test("banner and panel can be read without JavaScript", async () => {
  live.save(FILE, broken);
  await live.settled();
  const { page } = await visit(GROUP, { javaScriptEnabled: false });
  assert.ok(await page.locator(`${BANNER} li`).first().isVisible());
  assert.equal(await page.locator(`${PANEL} dl`).isVisible(), false);
  await page.locator(`${PANEL} summary`).click();
  assert.match(await page.locator(`${PANEL} dl`).innerText(), /The file to edit[^]*This means: 1st and 3rd Tuesday/);
});

test("axe finds nothing in banner and panel", async () => {
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
});

test("more pages than a browser has connections do not wait for one another", async () => {
  const { page } = await visit("/about/");
  for (let count = 0; count < 8; count++) await (await page.context().newPage()).goto(`${live.origin}/about/`);
  const pages = page.context().pages();
  assert.equal(pages.length, 9);
  live.save("content/pages/about.md", (text) => `${text}\nSeen in every window.\n`);
  await Promise.all(pages.map((page) => text(page, "Seen in every window.")));
});

test("under a path of its own a site is followed, too", async (test) => {
  const below = await edited({ base: "/sub/path/" });
  test.after(() => below.stop());
  const { page, asked, complaints } = await visit(GROUP, { origin: below.origin });
  below.save(FILE, (text) => text.replace(/^purpose: .*$/m, "purpose: Below a path."));
  await text(page, "Below a path.");
  await page.waitForFunction(() => document.querySelector("[data-ago]").innerText.includes("ago)"));
  await isAtRest(asked);
  assert.ok(asked.some((path) => path.startsWith("/sub/path/.roundtable/again/1/assets/")));
  assert.deepEqual(asked.filter((path) => !path.startsWith("/sub/path/")), []);
  await page.goto(new URL("/", below.origin).href);
  assert.equal(new URL(page.url()).pathname, "/sub/path/");
  assert.deepEqual(complaints, []);
});

test("plain pages have nothing of it", async (test) => {
  const plain = await edited({ settings: ["--plain"] });
  test.after(() => plain.stop());
  plain.save("content/groups/four-lines.md", broken);
  await plain.settled();
  for (const path of [GROUP, "/groups/four-lines/", "/no/such/page/"]) {
    const { page, asked } = await visit(path, { origin: plain.origin });
    assert.ok(await page.locator("h1").isVisible());
    assert.doesNotMatch(await page.content(), /roundtable-|\.roundtable/);
    assert.deepEqual(asked.filter((path) => path.includes(".roundtable")), []);
  }
});

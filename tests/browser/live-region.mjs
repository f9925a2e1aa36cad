// What the finder says to readers who do not see it, while they type.
import { setTimeout as pause } from "node:timers/promises";

/** The finder's search field. */
const FIELD = "main input[type=search]";
/** How long a reader thinks about the next letter, in milliseconds of the page's clock: the finder must not take it for a pause. */
const BETWEEN_LETTERS = 60;
/** How long it may take until the count is said, and how long nothing more may be said after it, on the same clock. */
const [LATEST, QUIET] = [3000, 1500];

/** Lets the page's clock go on, in small steps; what the page asks its server for comes in its own time, and stops it. */
async function wait(page, asked, milliseconds, isOver = async () => false) {
  for (let gone = 0; gone < milliseconds && !(await isOver()); gone += 50) {
    await page.clock.runFor(50);
    do await pause(10); while (asked.size > 0);
  }
}

/** What a page has asked its server for and not got yet. */
function requests(page) {
  const asked = new Set();
  page.on("request", (request) => asked.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => asked.delete(request));
  return asked;
}

/** Starts to write down every text that a screen reader would read out by itself, and where the focus goes. */
const watch = (page) => page.evaluate(() => {
  const LIVE = "[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])";
  const said = [];
  const moved = [];
  const regions = new Map([...document.querySelectorAll(LIVE)].map((region) => [region, region.textContent]));
  new MutationObserver(() => {
    for (const region of document.querySelectorAll(LIVE)) {
      const [before, text] = [regions.get(region) ?? "", region.textContent];
      regions.set(region, text);
      if (text !== before && text.trim()) said.push(text.trim());
    }
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
  document.addEventListener("focusin", ({ target }) => moved.push(target.outerHTML.slice(0, 90)));
  Object.assign(globalThis, { said, moved, statusAtLoad: document.querySelector("main [role=status]") });
});

/** Types as a reader does, and waits for the pause after it. Gives what was said meanwhile. */
async function type(page, asked, letters) {
  await page.evaluate(() => globalThis.said.splice(0));
  for (const letter of letters) {
    await page.keyboard.press(letter);
    await page.clock.runFor(BETWEEN_LETTERS);
  }
  await wait(page, asked, LATEST, () => page.evaluate(() => globalThis.said.length > 0));
  await wait(page, asked, QUIET);
  return page.evaluate(() => globalThis.said.splice(0));
}

/**
 * Types seven letters into the search field, as soon as it is there, with a pause after the fourth. Findings: no region that
 * was there before, words of it more than once in a pause, none at all, none that tell how many groups there are, a field
 * that lost the focus. The first four letters must change the count.
 */
export async function speech(page, letters = "anxiety") {
  await page.locator(FIELD).waitFor();
  const regions = await page.locator("main [role=status]").count();
  if (regions !== 1) return [`${regions} live regions in main before a letter is typed`];
  await page.locator(FIELD).focus();
  await watch(page);
  // A machine that is busy must not make a pause of the time between two letters.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000));
  const asked = requests(page);
  const pauses = [await type(page, asked, letters.slice(0, 4)), await type(page, asked, letters.slice(4))];
  const often = pauses.filter((said) => said.length > 1).map((said) => `said ${said.length} times in one pause: ${said.join(" | ")}`);
  const silent = pauses[0].length ? [] : ["the live region says nothing"];
  const vague = pauses.flat().filter((text) => !/\d|^No group/.test(text)).map((text) => `no number is said: ${text}`);
  const rest = await page.evaluate((field) => {
    const findings = globalThis.moved.map((to) => `the focus moved: ${to}`);
    if (!document.activeElement.matches(field)) findings.push(`the focus is lost: ${document.activeElement.outerHTML.slice(0, 90)}`);
    const { statusAtLoad } = globalThis;
    if (!statusAtLoad.isConnected || !statusAtLoad.checkVisibility() || statusAtLoad.closest("[aria-hidden=true]")) {
      findings.push("the live region is gone, or hidden from everyone");
    }
    return findings;
  }, FIELD);
  const typed = await page.locator(FIELD).inputValue();
  if (typed !== letters) rest.push(`the field holds ${typed} where ${letters} was typed`);
  return [...often, ...silent, ...vague, ...rest];
}

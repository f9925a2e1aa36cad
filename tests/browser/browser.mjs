// Chromium, always in the same place at the same time: American English, New York, 23 November 2026, seven in the morning.
import { after } from "node:test";
import { chromium } from "playwright-core";
import { NOW } from "./site.mjs";

const QUIET = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** One browser for a test file; it is closed when the file's tests are over. */
export async function launch() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: QUIET });
  after(() => browser.close());
  return browser;
}

/** A page with a reader's settings; the clock stands still, and nothing moves. */
export async function open(browser, { now = NOW, ...settings } = {}) {
  const context = await browser.newContext({
    locale: "en-US", timezoneId: "America/New_York", reducedMotion: "reduce", viewport: { width: 390, height: 844 }, ...settings,
  });
  context.setDefaultTimeout(15_000);
  if (settings.javaScriptEnabled !== false) await context.clock.setFixedTime(now);
  return context.newPage();
}

/** Waits until a page with a finder has its filters, which come with the finder's index. */
export const settled = (page) => page.waitForFunction(() => !document.querySelector("#finder") || document.querySelector(".filters input"));

/** Opens whatever can be folded, so that what is in it is looked at too. */
export const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));

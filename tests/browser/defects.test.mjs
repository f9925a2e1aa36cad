// The gate itself: a page with a planted defect must not pass, and the page without it must.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "./axe.mjs";
import { launch, open } from "./browser.mjs";
import { walk } from "./keyboard.mjs";
import { clipped, overflow, smallTargets } from "./layout.mjs";
import { markup } from "./markup.mjs";
import { listen, traces } from "./privacy.mjs";
import { serve } from "./server.mjs";
import { build, PAGES } from "./site.mjs";

const browser = await launch();
const { output } = build();

const style = (css) => (html) => html.replace("</head>", `<style>${css}</style></head>`);
const body = (markup) => (html) => html.replace("</main>", `${markup}</main>`);

/** Each defect, how it is planted, what looks for it, and what that must say. */
const DEFECTS = [
  ["grey words on grey", style(".lead { color: #999 }"), axe, /color-contrast/],
  ["small targets", style(".tags li a { display: block; font-size: 9px; padding: 0; line-height: 1 } .tags { gap: 0; display: block }"), axe, /target-size/],
  ["a button for no finger", style(".button { min-block-size: 0; padding: 0; font-size: 12px }"), smallTargets, /button/],
  ["no focus ring", style(":focus-visible, .card a:focus-visible::after { outline: none !important }"), walk, /no focus ring/],
  ["a faint focus ring", style("@layer late { :focus-visible { outline-color: #f4ecdc !important } }"), walk, /no focus ring/],
  ["a jump in the tab order", body('<a href="/" tabindex="1">First</a>'), walk, /out of order/],
  ["a fixed width of 900 px", body('<div style="width: 900px">Wide</div>'), overflow, /px wide/],
  ["words cut off", style(".lead { max-block-size: 1em; overflow: hidden }"), clipped, /clipped/],
  ["a picture that counts readers", body('<img src="https://count.example/p.gif" alt="">'), null, /count\.example/],
  ["a script that remembers", body('<script>localStorage.seen = "1"; document.cookie = "seen=1"</script>'), traces, /localStorage: seen/],
  ["the same id twice", body('<p id="main">Again</p>'), async (page) => markup(await page.content()), /no-dup-id/],
];

for (const [name, plant, look, expected] of DEFECTS) {
  test(`the gate sees ${name}`, async () => {
    const run = async (plant) => {
      const server = await serve({ "/": output }, plant);
      const page = await open(browser, { bypassCSP: true, viewport: { width: 320, height: 640 } });
      await page.route(/^https:/, (route) => route.abort());
      const heard = listen(page, server.origin);
      await page.goto(server.origin + PAGES["rich group"]);
      const findings = look ? await look(page) : heard();
      await page.context().close();
      server.close();
      return findings.join("\n");
    };
    assert.match(await run(plant), expected);
    assert.doesNotMatch(await run((html) => html), expected);
  });
}

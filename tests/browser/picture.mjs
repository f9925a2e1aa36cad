// Takes the picture of README: the finder on a desktop, a group's page on a phone. `node tests/browser/picture.mjs`
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { open, settled } from "./browser.mjs";
import { serve } from "./server.mjs";
import { build } from "./site.mjs";

const PICTURE = fileURLToPath(new URL("../../docs/picture.png", import.meta.url));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const server = await serve({ "/": build({ extra: false }).output });

/** A view as a data address, sharp at twice its size. */
async function view(path, width, height) {
  const page = await open(browser, { viewport: { width, height }, deviceScaleFactor: 2 });
  await page.goto(server.origin + path);
  await settled(page);
  const png = await page.screenshot();
  await page.context().close();
  return `data:image/png;base64,${png.toString("base64")}`;
}

const desktop = await view("/groups/#format=online", 1180, 860);
const phone = await view("/groups/tuesday-consultation-circle/", 375, 800);

const page = await (await browser.newContext({ viewport: { width: 1260, height: 760 } })).newPage();
await page.setContent(`<!doctype html><style>
  body { margin: 0; position: relative; overflow: hidden; background: #e3e6dc }
  img { position: absolute; display: block; box-shadow: 0 1.25rem 2.5rem #2a252033 }
  .desktop { inset: 36px auto auto 36px; inline-size: 920px; border-radius: 12px }
  .phone { inset: 56px 36px auto auto; inline-size: 304px; border-radius: 36px; border: 9px solid #2a2520 }
</style><img class="desktop" src="${desktop}" alt=""><img class="phone" src="${phone}" alt="">`);
await page.screenshot({ path: PICTURE });
console.log(`${PICTURE}: ${Math.round(statSync(PICTURE).size / 1024)} KB`);
await browser.close();
server.close();

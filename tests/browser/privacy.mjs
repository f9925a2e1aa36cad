// What a page does behind the reader's back, written down from the moment the page object exists.

/** Starts to listen; the function that it gives returns the findings so far. */
export function listen(page, origin) {
  const findings = [];
  page.on("request", (request) => {
    const { protocol, origin: to } = new URL(request.url());
    if (to !== origin && protocol !== "data:") findings.push(`request to ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.headers()["set-cookie"]) findings.push(`cookie set by ${response.url()}`);
    if (response.status() >= 400 && response.request().resourceType() !== "document") findings.push(`${response.status()} ${response.url()}`);
  });
  page.on("console", (message) => {
    // A page that is not there is said on the console too; the test of 404.html means to ask for one.
    if (!/status of 404/.test(message.text())) findings.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => findings.push(`error: ${error.message}`));
  return () => findings.splice(0);
}

/**
 * What the page's markup has a browser ask of other hosts, also where that is no request that could be heard: a preconnect
 * tells another host that somebody is here. Where a link leads, and what a page's one address is, is not asked for.
 */
export const foreign = (page) => page.evaluate(() => {
  const asks = ["src", "srcset", "imagesrcset", "poster", "data", "ping", "action", "formaction", "href"];
  return asks.flatMap((name) => [...document.querySelectorAll(`[${name}]`)].flatMap((it) => {
    if (name === "href" && it.matches("a, area, [rel=canonical], [rel=alternate]")) return [];
    const addresses = name.endsWith("srcset") || name === "ping" ? it.getAttribute(name).split(/[\s,]+/) : [it.getAttribute(name)];
    const isElsewhere = (address) => URL.canParse(address, document.baseURI) && !["null", origin].includes(new URL(address, document.baseURI).origin);
    return addresses.some(isElsewhere) ? [`${name} at another host: ${it.outerHTML.slice(0, 120)}`] : [];
  }));
});

/** What the page has left in the browser. */
export async function traces(page) {
  const cookies = await page.context().cookies();
  const stored = await page.evaluate(async () => [
    ...Object.keys(localStorage).map((key) => `localStorage: ${key}`),
    ...Object.keys(sessionStorage).map((key) => `sessionStorage: ${key}`),
    ...(await indexedDB.databases()).map(({ name }) => `IndexedDB: ${name}`),
    ...(await caches.keys()).map((key) => `cache: ${key}`),
    ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => `service worker: ${scope}`),
  ]);
  return [...cookies.map(({ name }) => `cookie: ${name}`), ...stored];
}

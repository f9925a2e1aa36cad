// @ts-check
// Keeps a page in step with `roundtable serve`: waits for news of it, then changes the page in place, so that scroll
// position, focus, typed text and open folds stay. Knows the parts that serve adds, and no theme.
//
// This script stands before all others, so it sees the page as the server sent it. The page's scripts run again after a
// change of its body, each from an address of its own: a module runs once for an address, its imports too.

/** The folder of serve's own addresses. */
const HOME = new URL(".", import.meta.url);
const STOPPED = "The server has stopped. Start it again with roundtable serve, and this page goes on by itself.";
/** What serve adds to a body; everything else is the page's own. */
const BANNER = "roundtable-banner";
const PANEL = "roundtable-panel";
const NOTE = "roundtable-note";
const PARTS = [BANNER, PANEL, NOTE];

const pause = (/** @type {number} */ milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** @typedef {{page: string, seen: string, scripts: string, pictures: string}} Stand What serve says of a page. */

/** @returns {Stand | undefined} */
function standOf(/** @type {Document} */ page) {
  const script = /** @type {HTMLElement | null} */ (page.querySelector("script[data-seen]"));
  return script ? /** @type {Stand} */ ({ ...script.dataset }) : undefined;
}

/** The names of a page's scripts; the folder of the theme's is another one after each change of the theme. */
function scriptsOf(/** @type {Document} */ page) {
  const all = /** @type {NodeListOf<HTMLScriptElement>} */ (page.querySelectorAll("script[src]"));
  return Array.from(all, ({ src }) => src.split("/").pop()).join();
}

/** A page's own body, without scripts, which never run because a page is changed. */
function bodyOf(/** @type {Document} */ page) {
  const body = /** @type {HTMLElement} */ (page.body.cloneNode(true));
  for (const part of body.querySelectorAll(["script", ...PARTS.map((id) => `#${id}`)].join())) part.remove();
  body.normalize();
  return body;
}

let stand = /** @type {Stand} */ (standOf(document));
let shown = bodyOf(document);
let scripts = scriptsOf(document);
/** How often pictures have changed; part of their addresses from then on. */
let pictures = 0;
/** How often the page's scripts have run again. */
let runs = 0;

// Telling people.

/** Says something to everybody, or only to those who listen. */
function say(/** @type {string} */ text, visible = false) {
  let note = document.getElementById(NOTE);
  if (!note) {
    note = Object.assign(document.createElement("p"), { id: NOTE });
    note.setAttribute("role", "status");
    document.body.append(note);
  }
  note.classList.toggle("roundtable-shown", visible);
  if (note.textContent !== text) note.textContent = text;
}

const headline = () => document.querySelector(`#${BANNER} summary`)?.textContent ?? "";

// Changing the page.

const keyOf = (/** @type {Node} */ node) => node instanceof Element && (node.id || node.getAttribute("name"));
const isPart = (/** @type {Node} */ node) => node instanceof Element && PARTS.includes(node.id);

/** Attributes that are the reader's, or code. */
const isKept = (/** @type {string} */ name) => name === "open" || name === "srcdoc" || name.startsWith("on");

function attributes(/** @type {Element} */ live, /** @type {Element} */ next) {
  for (const { name } of [...live.attributes]) if (!isKept(name) && !next.hasAttribute(name)) live.removeAttribute(name);
  for (const { name, value } of next.attributes) if (!isKept(name) && live.getAttribute(name) !== value) live.setAttribute(name, value);
}

/**
 * Which of the nodes that are left becomes `next`: the same one, one with its key, or the first if it is of its kind and
 * nobody else's. What stands before it goes, so text, which is much the same everywhere, looks no further than the first.
 * @param {Node} next @param {Node[]} left @param {Node[]} later
 */
function match(next, left, later) {
  const [first] = left;
  if (!(next instanceof Element)) return first?.nodeType === next.nodeType ? 0 : -1;
  const same = left.findIndex((node) => node.isEqualNode(next));
  if (same >= 0) return same;
  const key = keyOf(next);
  if (key) return left.findIndex((node) => node.nodeName === next.nodeName && keyOf(node) === key);
  const isFree = first?.nodeName === next.nodeName && !keyOf(first) && !later.some((node) => node.isEqualNode(first));
  return isFree ? 0 : -1;
}

function children(/** @type {Element} */ live, /** @type {Element} */ next) {
  const end = live === document.body ? document.getElementById(PANEL) : null;
  const wanted = [...next.childNodes];
  let left = [...live.childNodes].filter((node) => !isPart(node));
  wanted.forEach((node, at) => {
    const found = match(node, left, wanted.slice(at + 1));
    if (found < 0) return live.insertBefore(node, left[0] ?? end);
    for (const passed of left.slice(0, found)) passed.remove();
    morph(left[found], node);
    left = left.slice(found + 1);
  });
  for (const node of left) node.remove();
}

/** Whether nodes are the same, with what is in templates, which `isEqualNode` does not look into. */
const isAlike = (/** @type {Node} */ one, /** @type {Node} */ other) =>
  one.isEqualNode(other) && (!(one instanceof Element && other instanceof Element) || one.outerHTML === other.outerHTML);

/** Makes a node like another one of its kind; what is alike stays the node that it was. */
function morph(/** @type {Node} */ live, /** @type {Node} */ next) {
  if (isAlike(live, next)) return;
  if (live instanceof HTMLTemplateElement && next instanceof HTMLTemplateElement) live.content.replaceChildren(...next.content.childNodes);
  if (!(live instanceof Element && next instanceof Element)) {
    live.nodeValue = next.nodeValue;
    return;
  }
  attributes(live, next);
  children(live, next);
}

/** Brings in, changes or takes away a part that serve adds. */
function part(/** @type {string} */ id, /** @type {Document} */ next) {
  const live = document.getElementById(id);
  const wanted = next.getElementById(id);
  if (live && wanted) morph(live, wanted);
  else if (wanted) document.body[id === BANNER ? "prepend" : "append"](wanted);
  else live?.remove();
}

// The head: style sheets, then what is said of the page.

const sheetsOf = (/** @type {Document} */ page) => /** @type {HTMLLinkElement[]} */ ([...page.querySelectorAll("link[rel=stylesheet][href]")]);

/** Puts new style sheets beside the old ones, which go when the new ones are there: no moment is without. */
async function swapSheets(/** @type {Document} */ next) {
  const old = sheetsOf(document);
  const loading = [];
  let last = /** @type {Element | undefined} */ (undefined);
  for (const link of sheetsOf(next)) {
    const at = old.findIndex((one) => one.href === link.href && one.media === link.media);
    if (at >= 0) {
      [last] = old.splice(at, 1);
      continue;
    }
    const sheet = document.importNode(link);
    loading.push(new Promise((done) => (sheet.onload = sheet.onerror = done)));
    if (last) last.after(sheet);
    else document.head.insertBefore(sheet, document.head.querySelector("link[rel=stylesheet]"));
    last = sheet;
  }
  await Promise.race([Promise.all(loading), pause(3000)]);
  for (const sheet of old) sheet.remove();
}

function changeHead(/** @type {Document} */ next) {
  const SAID = "meta[name], link:not([rel=stylesheet])";
  const [old, wanted] = [document, next].map((page) => [...page.head.querySelectorAll(SAID)]);
  for (const one of old) if (!wanted.some((other) => other.isEqualNode(one))) one.remove();
  for (const one of wanted) if (!old.some((other) => other.isEqualNode(one))) document.head.append(one);
  document.title = next.title;
}

/** Gives pictures and style sheets of this site addresses that no browser has kept. */
function freshen(/** @type {Document} */ next) {
  if (!pictures) return;
  for (const [selector, name] of [["img[src]", "src"], ["link[rel=stylesheet][href]", "href"]]) {
    for (const one of next.querySelectorAll(selector)) {
      const address = new URL(one.getAttribute(name) ?? "", location.href);
      address.searchParams.set("live", `${pictures}`);
      if (address.origin === location.origin) one.setAttribute(name, address.href);
    }
  }
}

// The page's scripts.

/** Whether only a new start of the page does: other scripts, scripts that are no modules, a page that leads elsewhere. */
const needsReload = (/** @type {Document} */ next, /** @type {Stand | undefined} */ told) =>
  !told || told.scripts !== stand.scripts ||
  next.querySelector("script:not([type=module], [type$=json]), meta[http-equiv=refresh]") !== null;

/** Runs the page's scripts again, in their order. */
async function run(/** @type {Document} */ next) {
  runs += 1;
  const site = new URL("..", HOME).href;
  for (const { src } of /** @type {NodeListOf<HTMLScriptElement>} */ (next.querySelectorAll("script[type=module][src]"))) {
    if (src.startsWith(site) && !src.startsWith(HOME.href)) await import(`${HOME}again/${runs}/${src.slice(site.length)}`);
  }
}

// Asking the server.

class Gone extends Error {}

/** The page as it is now, whatever its status; nothing where it is no page. @returns {Promise<Document | null>} */
const fetchPage = () => new Promise((done, fail) => {
  const request = new XMLHttpRequest();
  request.open("GET", location.pathname + location.search);
  request.responseType = "document";
  request.onload = () => (request.status < 500 ? done(request.responseXML) : fail(new Gone()));
  request.onerror = request.onabort = () => fail(new Gone());
  request.send();
});

/** Of the six connections that a browser has to a server, so many may wait for news; the rest loads pages. */
const WAITING = 4;

/** Waits for news, or only asks where enough other pages wait. */
async function hasNews() {
  // Only addresses of this machine and safe ones have locks.
  if (!navigator.locks) return isTold();
  for (let place = 0; place < WAITING; place++) {
    const told = await navigator.locks.request(`roundtable-${place}`, { ifAvailable: true }, (lock) => lock && isTold());
    if (told !== null) return told;
  }
  return (await isTold(250)) || pause(750).then(() => false);
}

/**
 * Whether the server tells of news; without any after a while, or as soon as nobody looks, there are none.
 * @param {number} [longest] Milliseconds.
 */
async function isTold(longest) {
  const asked = new AbortController();
  const stop = () => document.hidden && asked.abort();
  document.addEventListener("visibilitychange", stop);
  const ends = longest && setTimeout(() => asked.abort(), longest);
  const query = new URLSearchParams({ page: stand.page, seen: stand.seen });
  try {
    const { status } = await fetch(`${HOME}live?${query}`, { signal: asked.signal, cache: "no-store" });
    if (status !== 200 && status !== 204) throw new Gone();
    return status === 200;
  } catch {
    if (asked.signal.aborted) return false;
    throw new Gone();
  } finally {
    clearTimeout(ends);
    document.removeEventListener("visibilitychange", stop);
  }
}

/** Loads the page again, and waits for that: asking once more would begin it once more. */
function startAnew() {
  location.reload();
  return new Promise(() => {});
}

async function update() {
  const next = await fetchPage();
  const told = next ? standOf(next) : undefined;
  if (!next || !told || needsReload(next, told)) return startAnew();
  if (told.pictures !== stand.pictures) pictures += 1;
  freshen(next);
  await swapSheets(next);
  changeHead(next);
  const before = headline();
  const body = bodyOf(next);
  for (const id of [BANNER, PANEL]) part(id, next);
  if (headline() !== before) say(headline() || "The problems are gone.");
  stand = told;
  if (isAlike(shown, body) && scripts === scriptsOf(next)) return;
  shown = /** @type {HTMLElement} */ (body.cloneNode(true));
  scripts = "";
  // Scripts that have set attributes of the root set them again.
  attributes(document.documentElement, next.documentElement);
  morph(document.body, body);
  try {
    await run(next);
    scripts = scriptsOf(next);
  } catch (error) {
    // Where the theme has changed meanwhile, its scripts have other addresses, and run with the next change.
    if (!(await isTold(1000))) throw error;
  }
}

/** Resolves when somebody looks at the page: a browser has few connections to a server, and other pages need them. */
const isSeen = () => new Promise((done) => {
  const look = () => {
    if (document.hidden) return;
    document.removeEventListener("visibilitychange", look);
    done(true);
  };
  document.addEventListener("visibilitychange", look);
  look();
});

async function follow() {
  for (let failures = 0; ; ) {
    await isSeen();
    try {
      // After a silence the page may be any other: it is fetched without asking.
      if (failures || (await hasNews())) await update();
      if (failures > 1) say("");
      failures = 0;
      await pause(50);
    } catch (error) {
      // What this script cannot do, a new start can.
      if (!(error instanceof Gone)) await startAnew();
      failures += 1;
      // A page that is being left fails once, too.
      if (failures > 1) say(STOPPED, true);
      await pause(failures > 1 ? 1000 : 250);
    }
  }
}

say("");
follow();

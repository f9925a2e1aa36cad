// A walk through a page with the Tab key.

/** What a reader with a keyboard sees of the element that has the focus; null when the walk is over, or begins again. */
const stop = (page) => page.evaluate(() => {
  const it = document.activeElement;
  if (!it || it === document.body || it === globalThis.firstStop) return null;
  globalThis.firstStop ??= it;
  const previous = globalThis.lastStop;
  globalThis.lastStop = it;
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => channels(colour).slice(0, 3).map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (at) => {
    const colour = at && getComputedStyle(at).backgroundColor;
    return !at ? "rgb(255, 255, 255)" : channels(colour)[3] === 0 ? behind(at.parentElement) : colour;
  };
  const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);
  const ringed = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 &&
    contrast(style.outlineColor, behind(it.parentElement)) >= 3;
  const box = it.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  return {
    name: it.outerHTML.slice(0, 120),
    ringed: ringed(getComputedStyle(it)) || ringed(getComputedStyle(it, "::after")),
    inOrder: !previous || Boolean(previous.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING),
    seen: Boolean(top) && (it.contains(top) || top.contains(it) || it.getClientRects().length > 1),
  };
});

/** How many elements the Tab key has to reach. */
const reachable = (page) => page.evaluate(() =>
  [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((it) => it.checkVisibility() && !it.disabled).length);

/** Findings of a walk from the page's start to its end: stops with no visible ring, out of order, hidden, left out. */
export async function walk(page) {
  const wanted = await reachable(page);
  const findings = [];
  let stops = 0;
  for (; stops <= wanted; stops++) {
    await page.keyboard.press("Tab");
    const at = await stop(page);
    if (!at) break;
    if (!at.ringed) findings.push(`no focus ring: ${at.name}`);
    if (!at.inOrder) findings.push(`out of order: ${at.name}`);
    if (!at.seen) findings.push(`focused but covered: ${at.name}`);
  }
  if (stops !== wanted) findings.push(`${stops} stops where ${wanted} can be reached`);
  return findings;
}

// What can go wrong with room on a page: at 320 px, with more space between letters, with larger text, under a finger.

/** What makes the page wider than its window. */
export const overflow = (page) => page.evaluate(() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((it) => it.getBoundingClientRect().right > innerWidth + 1 && !it.closest(".table"));
  return [`the page is ${document.documentElement.scrollWidth} px wide: ${wide.slice(0, 3).map((it) => it.outerHTML.slice(0, 90)).join(" ")}`];
});

/** Text that is cut off by a box that hides what does not fit, and words that stick out of the box that holds them. */
export const clipped = (page) => page.evaluate(() => {
  const range = document.createRange();
  const words = (it) => [...it.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE && child.data.trim()).flatMap((text) => {
    range.selectNodeContents(text);
    return [...range.getClientRects()];
  });
  return [...document.querySelectorAll("body *")].filter((it) => {
    const style = getComputedStyle(it);
    if (it.closest("svg, .table") || !it.checkVisibility() || style.display === "inline") return false;
    const hides = style.overflowX !== "visible" || style.overflowY !== "visible";
    if (hides && it.textContent.trim() && it.scrollHeight > it.clientHeight + 2) return true;
    const { left, right } = it.getBoundingClientRect();
    return words(it).some((word) => word.left < left - 2 || word.right > right + 2);
  }).map((it) => `clipped: ${it.outerHTML.slice(0, 120)}`);
});

/** Sets the spacing that WCAG 1.4.12 names. */
export const spaceOut = (page) => page.addStyleTag({
  content: "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }",
});

/**
 * Links and buttons that are hard to hit. 24 px for all (WCAG 2.5.8) but links in running text and those whose whole
 * card is the target; 44 px (2.5.5) for the ones that stand alone: buttons, navigation, crisis help.
 */
export const smallTargets = (page) => page.evaluate(() =>
  [...document.querySelectorAll("a[href], button, input, select, summary")].flatMap((it) => {
    const { width, height } = it.getBoundingClientRect();
    if (!it.checkVisibility() || it.matches(".skip") || it.closest(".card")) return [];
    const large = it.matches(".button, .brand, summary, button, .site-nav a, .help a, .pager a, .steps a, .ways a");
    const running = !large && it.matches("p a, dd a, .prose a, footer p a") && getComputedStyle(it).display === "inline";
    const least = large ? 44 : 24;
    return running || (height >= least - 0.5 && width >= 24) ? [] : [`${Math.round(width)} × ${Math.round(height)} px: ${it.outerHTML.slice(0, 120)}`];
  }));

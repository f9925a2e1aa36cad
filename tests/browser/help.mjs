// Where crisis help stands on a page (WCAG 3.2.6: in the same place on every one).

/** The links between two marks of a page, in their order: their words and where they lead. */
function links(path, html, start, end) {
  const from = html.indexOf(start);
  if (from < 0) return [`no ${start}`];
  const block = html.slice(from, html.indexOf(end, from));
  return [...block.matchAll(/href="([^"]*)"[^>]*>([^<]*)/g)].map(([, to, words]) => `${words} ${new URL(to, `http://host${path}`)}`);
}

/** Where a page's help stands, and in which order its links do. */
export function help(path, html) {
  const strip = links(path, html, '<aside class="help"', "</aside>");
  const foot = links(path, html.slice(html.indexOf("</main>")), 'class="helplines"', "</ul>");
  const marks = ['class="help"', "<header", "<main", "</main>", "<footer"].map((mark) => html.indexOf(mark));
  const isAtBothEnds = marks.every((at, index) => at > (marks[index - 1] ?? -1));
  return JSON.stringify({ strip, foot, isAtBothEnds });
}

/** Pages, each a path and its source, whose help is not what and where it is on the first of them. */
export function moved(pages) {
  const wanted = help(...pages[0]);
  return pages.filter((page) => help(...page) !== wanted).map((page) => `help is not as on ${pages[0][0]}: ${page[0]} ${help(...page)}`);
}

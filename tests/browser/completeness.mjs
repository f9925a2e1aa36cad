// What a reader without scripts reaches. The page's context must have JavaScript off.

/** Groups, by their slugs, that the pages of the directory do not list exactly once; and how many pages there are. */
export async function listing(page, origin, slugs) {
  const found = [];
  let pages = 0;
  for (let next = `${origin}/groups/`; next; pages++) {
    await page.goto(next);
    const links = await page.locator(".cards h3 a:visible").evaluateAll((all) => all.map((it) => it.href));
    found.push(...links.map((link) => link.split("/").at(-2)));
    const more = page.locator("a[rel=next]:visible");
    next = (await more.count()) ? await more.evaluate((it) => it.href) : null;
  }
  const times = (slug) => found.filter((it) => it === slug).length;
  const findings = [...new Set([...slugs, ...found])].flatMap((slug) => {
    if (!slugs.includes(slug)) return [`listed, but not for the directory: ${slug}`];
    return times(slug) === 1 ? [] : [`listed ${times(slug)} times: ${slug}`];
  });
  return { findings, pages };
}

/** Links to facets, as they stand in the directory, that lead to no page, or to one with another number of groups. */
export async function facets(page, origin) {
  await page.goto(`${origin}/groups/`);
  await page.locator("summary").click();
  const links = await page.locator(".browse a:visible").evaluateAll((all) => all.map((it) => [it.href, it.parentElement.innerText.match(/\d+$/)?.[0]]));
  const findings = [];
  for (const [link, count] of links) {
    const answer = await fetch(link);
    const cards = (await answer.text()).match(/class="card"/g)?.length ?? 0;
    if (answer.status !== 200) findings.push(`${answer.status} ${link}`);
    else if (cards !== Math.min(Number(count), 48)) findings.push(`${cards} groups where ${count} are announced: ${link}`);
  }
  return { findings, links: links.length };
}

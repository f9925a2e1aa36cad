// What axe-core finds on the page as it stands. The page's context must bypass its CSP: axe is a script of ours.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Findings, one line each; a contrast that axe cannot decide is one too. */
export async function axe(page, only = { type: "tag", values: TAGS }) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const { violations, incomplete } = await page.evaluate((runOnly) => globalThis.axe.run({ runOnly, resultTypes: ["violations", "incomplete"] }), only);
  const undecided = incomplete.filter((rule) => rule.id === "color-contrast");
  return [...violations, ...undecided].flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 120)} ${[...node.any, ...node.all, ...node.none][0]?.message ?? ""}`));
}

// What html-validate finds in a page's source; the rules are in .htmlvalidate.json.
import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const loader = new StaticConfigLoader(JSON.parse(readFileSync(new URL(".htmlvalidate.json", import.meta.url), "utf8")));
// It would make the rules anew for each page, which takes as long as to read one.
const rules = await loader.getConfigFor("page.html");
loader.getConfigFor = () => rules;
const validator = new HtmlValidate(loader);

/** Findings, one line each. */
export async function markup(html) {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `line ${line}: ${ruleId}: ${message}`));
}

// The site under test: example-site, with a few groups that it does not have, built into a temporary folder.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** The program under test. */
export const ROUNDTABLE = process.env.ROUNDTABLE ?? join(ROOT, "target/debug/roundtable");

/** The instant of every build and of every browser's clock. */
export const NOW = "2026-11-23T12:00:00Z";

/** One page of each type, by a name for messages. */
export const PAGES = {
  home: "/",
  directory: "/groups/",
  "rich group": "/groups/tuesday-consultation-circle/",
  "four-line group": "/groups/four-lines/",
  "paused group": "/groups/pregnancy-and-infant-loss/",
  "ended group": "/groups/motivational-interviewing-practice/",
  "forming group": "/groups/steady-ground/",
  "group with several times": "/groups/family-caregivers/",
  week: "/week/",
  "kind page": "/by/kind/peer-consultation/",
  "facet page": "/by/topic/grief/",
  resources: "/resources/",
  collection: "/resources/start-your-own-group/",
  resource: "/resources/finding-the-right-group/how-to-choose/",
  "get help": "/get-help/",
  page: "/privacy/",
  "not found": "/no/such/page/",
};

/** A group whose every text is longer than a phone is wide. */
export const LONG_WORDS = "/groups/long-words/";

/** Groups that a directory will meet and example-site has no place for; enough of them for a second page of the list. */
function addGroups(folder) {
  const add = (slug, text) => writeFileSync(join(folder, "content/groups", `${slug}.md`), text);
  add("four-lines", "---\ntitle: Four Lines\npurpose: A group that has said little yet.\nkind: peer-support\n---\n");
  const long = "Donaudampfschifffahrtsgesellschaftskapitänswitwen".repeat(2);
  add("long-words", `---
title: ${long}
purpose: Words that do not fit a phone, ${long}, still have to be read.
kind: peer-support
schedule: {say: "${long}"}
membership: {who: "${long}", how_to_join: "See https://example.org/${"a-long-address/".repeat(12)}"}
structure: {agenda: [{minutes: 5, item: "${long}"}, {minutes: 55, item: Talk}]}
contact: {email: a.very.long.address.that.nobody.can.read.aloud@groups.example.org}
---
## ${long}

\`${long}\`

| ${long} | b |
|---|---|
| ${long} | ${long} |
`);
  for (let n = 1; n <= 15; n++) {
    add(`spare-${n}`, `---\ntitle: Spare Group ${n}\npurpose: It makes the list long enough for a second page.\nkind: peer-support\n---\n`);
  }
}

/**
 * Copies example-site; `accent` stands in for that of its site.yaml, `extra` groups are added, and so are `groups`, their
 * front matter by slug. Gives the copy's folder, in a folder that is its own and goes at the end.
 */
export function copy({ accent = "", extra = true, groups = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "roundtable-browser-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const source = join(folder, "source");
  cpSync(join(ROOT, "example-site"), source, { recursive: true, filter: (path) => !path.endsWith("/public") });
  if (extra) addGroups(source);
  for (const [slug, fields] of Object.entries(groups)) {
    const text = `---\ntitle: The ${slug} group\npurpose: To be read in a test.\nkind: peer-support\n${fields}\n---\n`;
    writeFileSync(join(source, "content/groups", `${slug}.md`), text);
  }
  if (accent) {
    const settings = readFileSync(join(source, "site.yaml"), "utf8");
    const changed = settings.replace(/accent: "[^"]*"/, `accent: "${accent}"`);
    if (changed === settings && !settings.includes(accent)) throw new Error("site.yaml has no accent to replace");
    writeFileSync(join(source, "site.yaml"), changed);
  }
  return source;
}

/**
 * Builds a copy of example-site; `address` stands in for that of its site.yaml. Gives the folders of copy and pages, for
 * reading: the copy without changes is built once for all test files where `BUILT` says so.
 */
export function build(changes = {}) {
  const isBuilt = process.env.BUILT && Object.keys(changes).length === 0;
  const source = isBuilt ? process.env.BUILT : copy(changes);
  const output = join(source, "../public");
  if (!isBuilt) {
    const address = changes.address ? ["--base-url", changes.address] : [];
    const asked = ["build", source, "--out", output, "--now", NOW, "--quiet", ...address];
    execFileSync(ROUNDTABLE, asked, { stdio: ["ignore", "inherit", "inherit"] });
  }
  return { source, output };
}

/** All built pages as addresses, those of old addresses that only send on left out. */
export function addresses(output) {
  const files = readdirSync(output, { recursive: true }).filter((file) => file.endsWith(".html"));
  return files
    .filter((file) => !readFileSync(join(output, file), "utf8").includes('http-equiv="refresh"'))
    .map((file) => `/${file.replace(/(^|\/)index\.html$/, "$1")}`)
    .sort();
}

/** The slugs of the groups that the directory must list, read from their files with no help of the program. */
export function listedSlugs(source) {
  const folder = join(source, "content/groups");
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(".md") && !/(^|\/)[_.]/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      if (/^(visibility: (unlisted|internal|draft)|status: ended)\b/m.test(text)) return [];
      return [/^slug: (\S+)/m.exec(text)?.[1] ?? file.replace(/^.*\/|\.md$/g, "")];
    })
    .sort();
}

// What the Nu checker (vnu, the W3C's own) finds in pages' files. Needs Java.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";

const JAR = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
// It lives for seconds: a compiler that makes fast code fast, not the fastest code, halves them.
const JAVA = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m"];
/** What it says that is no fault, as regular expressions. */
const FALSE = [
  // It takes 'self' in a policy for the file's own scheme, and says that pages forbid their own style sheets.
  ".*Content Security Policy.*",
  // Safari tells readers of a list without bullets only where the role is written.
  ".*“list” role is unnecessary.*",
];
// Which language the words are in is a guess: names of groups and places are in several.
const ASKED = ["--stdout", "--format", "gnu", "--skip-non-html", "--no-langdetect", "--filterpattern", FALSE.join("|")];

/** Findings about all HTML files in folders and below, one line each: file, place, what is wrong. */
export async function vnu(...folders) {
  const asked = [...JAVA, "-jar", JAR, ...ASKED, ...folders];
  const { stdout } = await promisify(execFile)("java", asked, { maxBuffer: 1 << 26 }).catch((error) => {
    // 1 is its word for findings; anything else is a checker that has not looked.
    if (error.code !== 1 || !error.stdout.includes("file:")) throw error;
    return error;
  });
  return stdout.split("\n").filter(Boolean);
}

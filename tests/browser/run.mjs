// Runs the gate's tests, or those whose files have one of the words in their name: two files at a time, on one built site.
import { readdirSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { build } from "./site.mjs";

/** The files that take longest. They begin first, or one core would wait for the other in the end. */
const LONG = ["serve.test.mjs", "accessibility.test.mjs", "finder.test.mjs", "defects.test.mjs", "next-meeting.test.mjs"];

const words = process.argv.slice(2);
const all = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".test.mjs"));
const files = [...LONG, ...all.filter((file) => !LONG.includes(file))]
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
if (files.length === 0) throw new Error(`no test file is named like ${words.join(", ")}`);
process.env.BUILT = build().source;

run({ files: files.map((file) => `${import.meta.dirname}/${file}`), concurrency: 2, timeout: 1_200_000 })
  .on("test:fail", () => (process.exitCode = 1))
  .compose(new spec())
  .pipe(process.stdout);

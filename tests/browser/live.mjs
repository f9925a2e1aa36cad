// A site that `roundtable serve` shows while it is edited.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { copy, NOW, ROUNDTABLE } from "./site.mjs";

/** How long the program may take for what it must do, in milliseconds. */
const DEADLINE = 30_000;

// Tests that are ended, because they hang or by Ctrl-C, leave no server behind either.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

/** A folder whose files are edited, and put back as they were. */
function edits(source) {
  const before = new Map();
  const at = (path) => join(source, path);
  // At once, as most editors save: a file that is half there is a problem, which every page would tell of.
  const write = (path, text) => {
    mkdirSync(dirname(at(path)), { recursive: true });
    const written = join(source, "../written");
    writeFileSync(written, text);
    renameSync(written, at(path));
  };
  const read = (path) => readFileSync(at(path), "utf8");
  const keep = (path) => before.has(path) || before.set(path, existsSync(at(path)) ? readFileSync(at(path)) : null);
  return {
    write,
    read,
    /** Writes a file: its text, or what makes it from the text that is there. */
    save(path, text) {
      keep(path);
      const wanted = typeof text === "function" ? text(read(path)) : text;
      if (existsSync(at(path)) && read(path) === wanted) throw new Error(`nothing would change in ${path}`);
      write(path, wanted);
    },
    remove(path) {
      keep(path);
      rmSync(at(path));
    },
    /** Puts a file back, or all. */
    undo(paths = [...before.keys()]) {
      for (const path of [paths].flat()) {
        const text = before.get(path);
        if (text === null) rmSync(at(path), { force: true });
        else write(path, text);
        before.delete(path);
      }
    },
  };
}

/** A server of a folder; `stop` and `start` end it and start it again at the same address. */
function server(source, settings) {
  let running;
  let address;
  async function start() {
    const asked = ["serve", source, "--now", NOW, "--port", address?.port ?? "0", ...settings];
    running = spawn(ROUNDTABLE, asked, { stdio: ["ignore", "pipe", "ignore"] });
    const lines = running.stdout.setEncoding("utf8");
    for (let said = ""; !address || !said.includes(address.origin);) {
      const [chunk] = await once(lines, "data", { signal: AbortSignal.timeout(DEADLINE) });
      said += chunk;
      const [found] = /http:\/\/\S+\/(?=\s)/.exec(said) ?? [];
      if (found) address ??= new URL(found);
    }
    lines.resume();
    // A test that forgets it must not wait for it.
    for (const one of [running, running.stdout]) one.unref();
  }
  const isRunning = () => running?.exitCode === null && running.signalCode === null;
  async function stop(signal = "SIGINT") {
    if (!isRunning()) return;
    running.ref();
    running.kill(signal);
    await once(running, "exit", { signal: AbortSignal.timeout(DEADLINE) });
  }
  process.on("exit", () => running?.kill("SIGKILL"));
  return { start, stop, isRunning, origin: () => address.origin };
}

/** Serves a copy of example-site from `base` on, with more `settings` for the program. */
export async function edited({ base = "/", settings = [] } = {}) {
  const source = copy();
  const folder = edits(source);
  if (base !== "/") folder.write("site.yaml", folder.read("site.yaml").replace(/^base_url: .*$/m, `base_url: https://groups.example.org${base}`));
  const { start, stop, isRunning, origin: host } = server(source, settings);
  await start();
  const origin = host() + base.slice(0, -1);

  let marks = 0;
  /** Waits until everything that was saved is shown: a look that sees a second mark began after all of it. */
  async function settled() {
    for (const _ of ["first", "second"]) await mark();
  }
  async function mark() {
    marks += 1;
    // A new file each time: it is not there before the server has looked at the folder, while what a file holds is read
    // when it is asked for.
    folder.write(`static/mark-${marks}.txt`, "");
    const ends = Date.now() + DEADLINE;
    while ((await fetch(`${origin}/mark-${marks}.txt`)).status !== 200) {
      if (Date.now() > ends) throw new Error("what was saved is not shown");
      await pause(20);
    }
  }
  /** As it was at first, whatever a test has done. */
  async function restore() {
    folder.undo();
    if (!isRunning()) await start();
    await settled();
  }
  return { origin, source, start, stop, settled, restore, save: folder.save, remove: folder.remove, undo: folder.undo };
}

// A site that is served while it is edited.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { imitated } from "./imitation.mjs";
import { build, NOW, ROUNDTABLE } from "./site.mjs";

/**
 * Serves example-site from `base` on: `save` writes a file of it, its text or what makes it from the text that is there;
 * `remove` takes one away; `stop` and `start` end the server and start it again at the same address.
 */
async function served({ base = "/" } = {}) {
  const { source } = build();
  const write = (path, text) => {
    const file = join(source, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof text === "function" ? text(readFileSync(file, "utf8")) : text);
  };
  if (base !== "/") write("site.yaml", (text) => text.replace(/^base_url: .*$/m, `base_url: https://groups.example.org${base}`));

  let server;
  let address;
  async function start() {
    const port = address ? ["--port", address.port] : [];
    server = spawn(ROUNDTABLE, ["serve", source, "--now", NOW, ...port], { stdio: ["ignore", "pipe", "ignore"] });
    let said = "";
    for await (const chunk of server.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
      said += chunk;
      const [found] = /http:\/\/\S+\/(?=\s)/.exec(said) ?? [];
      if (found) {
        address = new URL(found);
        server.stdout.resume();
        return;
      }
    }
    throw new Error(`the server has ended: ${said}`);
  }
  async function stop() {
    const ended = once(server, "exit");
    server.kill("SIGINT");
    await ended;
  }

  await start();
  process.on("exit", () => server.kill("SIGKILL"));
  return { origin: `${address.origin}${base.slice(0, -1)}`, save: write, remove: (path) => rmSync(join(source, path)), stop, start, source };
}

const hasServe = /^ +serve\b/m.test(execFileSync(ROUNDTABLE, ["--help"], { encoding: "utf8" }));
export const edited = hasServe ? served : imitated;

// For a program without `serve`: a site that is served while it is edited. Imitates what `roundtable serve` says to a browser: builds the site anew after
// each save, keeps the last good pages when that fails, and puts the parts into pages that src/serve/decorate.rs makes.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { build, NOW, ROUNDTABLE } from "./site.mjs";

const PARTS = JSON.parse(readFileSync(new URL("fixtures/serve.json", import.meta.url), "utf8"));
const CLIENT = new URL("../../src/serve/client/", import.meta.url);
const TYPES = {
  ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".jpg": "image/jpeg", ".js": "text/javascript; charset=utf-8",
  ".png": "image/png", ".svg": "image/svg+xml",
};
const PICTURES = [".jpg", ".png", ".svg"];

const digest = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex").slice(0, 16);

const filled = (text, places) => Object.entries(places).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), text);

/** The fingerprint of all files of some kinds in a folder. */
function fingerprint(folder, kinds) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => kinds.includes(extname(file))).sort();
  return digest(...files.map((file) => readFileSync(join(folder, file))));
}

/** As `edited` in live.mjs. */
export async function imitated({ base = "/" } = {}) {
  const { source, output } = build({ address: base === "/" ? "" : `https://groups.example.org${base}` });
  const site = { folder: output, faults: [], waiting: new Set() };

  function page(path) {
    const file = join(site.folder, path.endsWith("/") ? `${path}index.html` : path);
    try {
      return { status: 200, html: readFileSync(file, "utf8") };
    } catch {
      return { status: 404, html: readFileSync(join(site.folder, "404.html"), "utf8") };
    }
  }

  const isFaulty = (path) => site.faults.some((slug) => path === `/groups/${slug}/`);

  function decorated(path) {
    const { status, html } = page(path);
    if (status === 404 && isFaulty(path)) return neverShown(path);
    const banner = site.faults.length ? PARTS[isFaulty(path) ? "own" : "others"] : "";
    const panel = path === "/groups/tuesday-consultation-circle/" ? PARTS.rich : PARTS.bare;
    const scripts = fingerprint(join(site.folder, "assets"), [".js"]);
    const pictures = fingerprint(site.folder, PICTURES);
    const seen = digest(html, banner, panel, scripts, pictures);
    const head = filled(PARTS.head, { base, page: path, seen, scripts, pictures });
    const at = html.includes("<script") ? "<script" : "</head>";
    const whole = html.replace(at, () => head + at).replace(/<body[^>]*>/, (tag) => tag + banner).replace("</body>", () => `${panel}</body>`);
    return { status, seen, html: whole };
  }

  function neverShown(path) {
    const scripts = fingerprint(join(site.folder, "assets"), [".js"]);
    const seen = digest(PARTS.page, scripts);
    return { status: 200, seen, html: filled(PARTS.page, { base, page: path, seen, scripts, pictures: fingerprint(site.folder, PICTURES) }) };
  }

  function wait(url, response) {
    const [path, seen] = ["page", "seen"].map((name) => url.searchParams.get(name));
    const look = () => {
      if (decorated(path).seen === seen) return;
      site.waiting.delete(look);
      response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
    };
    site.waiting.add(look);
    response.on("close", () => site.waiting.delete(look));
    look();
  }

  function answer(request, response) {
    const url = new URL(request.url, "http://host");
    const path = decodeURIComponent(url.pathname).slice(base.length - 1).replace(/^\/\.roundtable\/again\/\d+/, "");
    const send = (status, type, body) => response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store" }).end(body);
    if (path === "/.roundtable/live") return wait(url, response);
    if (path.startsWith("/.roundtable/")) return send(200, TYPES[extname(path)], readFileSync(new URL(path.slice(13), CLIENT)));
    if (extname(path) in TYPES && extname(path) !== ".html") {
      try {
        return send(200, TYPES[extname(path)], readFileSync(join(site.folder, path)));
      } catch {
        // Then it is a page that is missing.
      }
    }
    const { status, html } = decorated(path);
    send(status, TYPES[".html"], html);
  }

  function rebuild() {
    const folder = mkdtempSync(join(dirname(output), "public-"));
    try {
      const address = base === "/" ? [] : ["--base-url", `https://groups.example.org${base}`];
      execFileSync(ROUNDTABLE, ["build", source, "--out", folder, "--now", NOW, "--quiet", ...address], { stdio: "pipe" });
      site.folder = folder;
      site.faults = [];
    } catch (error) {
      site.faults = [...`${error.stderr}`.matchAll(/--> content\/groups\/\S*?([\w-]+)\.md/g)].map(([, slug]) => slug);
      if (!site.faults.length) throw error;
    }
    for (const look of [...site.waiting]) look();
  }

  let server;
  let port = 0;
  async function start() {
    server = createServer(answer);
    await new Promise((done) => server.listen(port, "127.0.0.1", done));
    port = server.address().port;
  }
  async function stop() {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }

  /** Writes a file of the site; its text, or what makes it from the text that is there. */
  function save(path, text) {
    const file = join(source, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof text === "function" ? text(readFileSync(file, "utf8")) : text);
    rebuild();
  }
  function remove(path) {
    rmSync(join(source, path));
    rebuild();
  }

  await start();
  return { origin: `http://127.0.0.1:${port}${base.slice(0, -1)}`, save, remove, stop, start, source };
}

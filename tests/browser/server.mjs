// A static host as plain as they come: folders at prefixes, index.html in folders, 404.html for what is missing.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css", ".html": "text/html; charset=utf-8", ".jpg": "image/jpeg", ".js": "text/javascript",
  ".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain", ".xml": "application/xml",
};

async function answer(folder, path) {
  const file = join(folder, normalize(path), path.endsWith("/") ? "index.html" : "");
  try {
    return { status: 200, type: TYPES[extname(file)] ?? "application/octet-stream", body: await readFile(file) };
  } catch {
    return { status: 404, type: TYPES[".html"], body: await readFile(join(folder, "404.html")) };
  }
}

/**
 * Serves folders, the longest prefix first: `{ "/": folder, "/sub/path/": folder }`. `plant` changes each page on its
 * way out. `missing` collects the paths that were asked for and are not there.
 */
export async function serve(folders, plant = (html) => html) {
  const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length);
  const missing = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const prefix = prefixes.find((prefix) => path.startsWith(prefix));
    const { status, type, body } = await answer(folders[prefix], path.slice(prefix.length - 1));
    if (status === 404) missing.push(path);
    response.writeHead(status, { "Content-Type": type });
    response.end(type === TYPES[".html"] ? plant(body.toString()) : body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return { origin: `http://127.0.0.1:${port}`, missing, close: () => server.close() };
}

// A static server for pages under test: files from memory, this machine only, a port of the system's choice.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** A page is isolated, and may share memory between threads, only when every answer carries these. */
const isolationHeaders = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
} as const;

export interface ServeOptions {
  /** Sends the headers that make a page cross-origin isolated, so that it has SharedArrayBuffer. */
  readonly coopCoep: boolean;
}

export interface StaticServer {
  /** Where the server listens, such as `http://127.0.0.1:41234`. */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves files by their names (`"page.js"` at `/page.js`) on 127.0.0.1 until closed; `/` is `index.html`, and a name that
 * is not there gets a 404.
 */
export async function serve(
  files: ReadonlyMap<string, string | Uint8Array>,
  options: ServeOptions,
): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const name = pathname === "/" ? "index.html" : decodeURIComponent(pathname.slice(1));
    const content = files.get(name);
    if (content === undefined) {
      response.writeHead(404, { "Content-Type": "text/plain" }).end(`There is no ${name} here.`);
      return;
    }
    response.writeHead(200, {
      "Content-Type": mediaTypes[path.extname(name)] ?? "application/octet-stream",
      "Cache-Control": "no-store",
      ...(options.coopCoep ? isolationHeaders : {}),
    });
    response.end(content);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server that listens on a host and port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

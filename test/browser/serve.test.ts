import { afterEach, expect, test } from "vitest";
import { serve, type StaticServer } from "./serve.ts";

const files = new Map<string, string | Uint8Array>([
  ["index.html", "<!doctype html>"],
  ["page.js", "export {};"],
  ["kernel.wasm", new Uint8Array([0, 97, 115, 109])],
]);

let server: StaticServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

test("serves files by name with their media types, and index.html at the root", async () => {
  server = await serve(files, { coopCoep: false });
  const root = await fetch(server.origin);
  expect(root.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(await root.text()).toBe("<!doctype html>");

  const script = await fetch(`${server.origin}/page.js?version=1`);
  expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");

  const wasm = await fetch(`${server.origin}/kernel.wasm`);
  expect(wasm.headers.get("content-type")).toBe("application/wasm");
  expect(new Uint8Array(await wasm.arrayBuffer())).toEqual(new Uint8Array([0, 97, 115, 109]));
});

test("answers 404 and the name for a file that is not there", async () => {
  server = await serve(files, { coopCoep: false });
  const response = await fetch(`${server.origin}/missing.js`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain("missing.js");
});

test("sends the isolation headers only when asked to", async () => {
  server = await serve(files, { coopCoep: true });
  const isolated = (await fetch(`${server.origin}/page.js`)).headers;
  expect(isolated.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(isolated.get("cross-origin-embedder-policy")).toBe("require-corp");
  await server.close();

  server = await serve(files, { coopCoep: false });
  const plain = (await fetch(`${server.origin}/page.js`)).headers;
  expect(plain.get("cross-origin-opener-policy")).toBeNull();
  expect(plain.get("cross-origin-embedder-policy")).toBeNull();
});

test("listens no longer once closed", async () => {
  const closed = await serve(files, { coopCoep: false });
  await closed.close();
  await expect(fetch(closed.origin)).rejects.toThrow("fetch failed");
});

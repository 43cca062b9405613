import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundle, pageBundle } from "./bundle.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bundle-"));
  await mkdir(path.join(folder, "threads"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function bundleSources(sources: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  for (const [name, text] of Object.entries(sources)) await writeFile(path.join(folder, name), text);
  return bundle(path.join(folder, "page.ts"));
}

test("a worker gets a bundle of its own, even one that a worker starts, and the URLs point there", async () => {
  const files = await bundleSources({
    "page.ts": `import { start } from "./threads/start.ts"; start();`,
    "threads/start.ts": `export const start = (): Worker => new Worker(new URL("./first.ts", import.meta.url), { type: "module" });`,
    "threads/first.ts": `console.log("the first"); new Worker(new URL("../second.ts", import.meta.url));`,
    "second.ts": `console.log("the second"); new Worker(new URL("./threads/first.ts", import.meta.url));`,
  });
  expect([...files.keys()].toSorted()).toEqual([pageBundle, "worker-1.js", "worker-2.js"]);
  expect(files.get(pageBundle)).toContain(`new URL("./worker-1.js", import.meta.url)`);
  expect(files.get("worker-1.js")).toContain(`"the first"`);
  expect(files.get("worker-1.js")).toContain(`new URL("./worker-2.js", import.meta.url)`);
  expect(files.get("worker-2.js")).toContain(`new URL("./worker-1.js", import.meta.url)`);
});

test("what only Node loads stays out of the page's own bundle", async () => {
  const files = await bundleSources({
    "page.ts": `if ("process" in globalThis) await import("./node-threads.ts");`,
    "node-threads.ts": `import { Worker } from "node:worker_threads"; console.log(Worker);`,
  });
  const withNode = [...files].filter(([, text]) => text.includes("node:worker_threads")).map(([name]) => name);
  expect(withNode).toEqual([expect.stringMatching(/^chunk-.*\.js$/)]);
});

test("an import that leads nowhere is an error that names it", async () => {
  await expect(bundleSources({ "page.ts": `import "./missing.ts";` })).rejects.toThrow("./missing.ts");
});

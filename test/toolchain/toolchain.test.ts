// What every other test takes for granted: the Node that the repository brings along, running `.ts` files as they are.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";

const echo = new URL("./echo-worker.ts", import.meta.url);

test("tests run on the Node of package.json, not on the machine's", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const [wanted] = /\d+/.exec(manifest.devDependencies.node) ?? [];
  expect(process.versions.node.split(".")[0]).toBe(wanted);
});

test("a worker thread starts from a TypeScript file, next to the test's own thread", async () => {
  const worker = new Worker(echo);
  worker.postMessage({ shape: [28, 28, 1] });
  const [answer] = await once(worker, "message");
  await worker.terminate();
  expect(answer).toEqual({ received: { shape: [28, 28, 1] }, node: process.version });
});

test("node runs a TypeScript file as it is", () => {
  const output = execFileSync(process.execPath, [new URL("./print-types.ts", import.meta.url).pathname], {
    encoding: "utf8",
  });
  expect(output).toBe("[28,28,1]\n");
});

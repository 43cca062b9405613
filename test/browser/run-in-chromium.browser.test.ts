import { beforeEach, expect, test } from "vitest";
import { skipWithoutChromium } from "./chromium.ts";
import { runInChromium } from "./run-in-chromium.ts";

beforeEach(skipWithoutChromium);

test("a page served with COOP and COEP is isolated and shares memory with its worker", async () => {
  const result = await runInChromium({ entry: new URL("./pages/round-trip.ts", import.meta.url), coopCoep: true });
  expect(result).toEqual({ crossOriginIsolated: true, sharesMemory: true, sum: 8 });
});

test("a page served without them is not isolated, and its worker still answers", async () => {
  const result = await runInChromium({ entry: new URL("./pages/round-trip.ts", import.meta.url), coopCoep: false });
  expect(result).toEqual({ crossOriginIsolated: false, sharesMemory: false, sum: 8 });
});

test("an error in the page fails the run with what the console said", async () => {
  const run = runInChromium({ entry: new URL("./pages/throws.ts", import.meta.url), coopCoep: false });
  await expect(run).rejects.toThrow(/throws\.ts failed.*: the page's own error[^]*console\.warning: about to fail/);
});

test("a rejected result fails the run with its reason", async () => {
  const run = runInChromium({ entry: new URL("./pages/rejects.ts", import.meta.url), coopCoep: false });
  await expect(run).rejects.toThrow("the shapes do not meet");
});

test("a page that never sets a result is given up", async () => {
  const run = runInChromium({ entry: new URL("./pages/sum.ts", import.meta.url), coopCoep: false, timeout: 1000 });
  await expect(run).rejects.toThrow("There was no result within 1000 ms.");
});

test("an error in a worker is told by the browser's console", async () => {
  const run = runInChromium({ entry: new URL("./pages/worker-throws.ts", import.meta.url), coopCoep: false });
  await expect(run).rejects.toThrow("the worker's own error");
});

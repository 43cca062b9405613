import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { skipWithoutChromium } from "./chromium.ts";
import { runInChromium } from "./run-in-chromium.ts";

const page = (name: string): string => path.join(import.meta.dirname, "pages", name);

beforeEach(skipWithoutChromium);

test("a page served with COOP and COEP is isolated and shares memory with its worker", async () => {
  const result = await runInChromium({ entry: page("round-trip.ts"), coopCoep: true });
  expect(result).toEqual({ crossOriginIsolated: true, sharesMemory: true, sum: 8 });
});

test("a page served without them is not isolated, and its worker still answers", async () => {
  const result = await runInChromium({ entry: page("round-trip.ts"), coopCoep: false });
  expect(result).toEqual({ crossOriginIsolated: false, sharesMemory: false, sum: 8 });
});

test("an error in the page fails the run with what the console said", async () => {
  const run = runInChromium({ entry: page("throws.ts"), coopCoep: false });
  await expect(run).rejects.toThrow(
    /throws\.ts failed in Chromium[^]*console\.warning: about to fail[^]*the page's own error/,
  );
});

test("a rejected result fails the run with its reason as the cause", async () => {
  const error: unknown = await runInChromium({ entry: page("rejects.ts"), coopCoep: false }).catch((e: unknown) => e);
  expect(error).toHaveProperty("cause.message", expect.stringContaining("the shapes do not meet"));
});

test("a page that never sets a result is given up", async () => {
  const error: unknown = await runInChromium({ entry: page("sum.ts"), coopCoep: false, timeout: 1000 }).catch(
    (e: unknown) => e,
  );
  expect(error).toHaveProperty("cause.message", "There was no result within 1000 ms.");
});

test("an error in a worker is told by the browser's console", async () => {
  const run = runInChromium({ entry: page("worker-throws.ts"), coopCoep: false, timeout: 2000 });
  await expect(run).rejects.toThrow("the worker's own error");
});

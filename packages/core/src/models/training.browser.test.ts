import { beforeEach, expect, test } from "vitest";
import { skipWithoutChromium } from "../../../../test/browser/chromium.ts";
import { runInChromium } from "../../../../test/browser/run-in-chromium.ts";
import { modelFamilies } from "./registry.ts";
import { trainFamilies } from "./testing/train-families.ts";

beforeEach(skipWithoutChromium);

/** Milliseconds for all families. */
const TIMEOUT = 180_000;

test.for([
  { coopCoep: true, numThreads: 2 },
  { coopCoep: false, numThreads: 1 },
])(
  "in a page with $numThreads threads every family trains, encodes, decodes, saves and loads to the same bits as in Node",
  { timeout: 2 * TIMEOUT },
  async ({ coopCoep, numThreads }) => {
    const inNode = await trainFamilies(2);
    expect(Object.keys(inNode.families)).toEqual(modelFamilies.map(({ name }) => name));
    for (const [name, { outputs, outputsOfLoaded }] of Object.entries(inNode.families)) {
      expect(outputsOfLoaded, name).toEqual(outputs);
    }
    const entry = new URL("./testing/train-page.ts", import.meta.url);
    expect(await runInChromium({ entry, coopCoep, timeout: TIMEOUT })).toEqual({ ...inNode, numThreads });
  },
);

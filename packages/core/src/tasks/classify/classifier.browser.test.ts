import { beforeEach, expect, test } from "vitest";
import { skipWithoutChromium } from "../../../../../test/browser/chromium.ts";
import { runInChromium } from "../../../../../test/browser/run-in-chromium.ts";
import { trainClassifiers } from "./testing/train-classifiers.ts";

beforeEach(skipWithoutChromium);

test.for([
  { coopCoep: true, numThreads: 2 },
  { coopCoep: false, numThreads: 1 },
])(
  "in a page with $numThreads threads classifiers learn, decide, are saved and loaded to the same bits as in Node",
  async ({ coopCoep, numThreads }) => {
    const inNode = await trainClassifiers(2);
    for (const one of [inNode.cnn, inNode.transfer]) {
      expect(one.probabilitiesOfLoaded).toBe(one.probabilities);
      expect(one.decisionsOfLoaded).toEqual(one.decisions);
      expect(one.loss.at(-1)).toBeLessThan(one.loss[0] ?? NaN);
    }
    const entry = new URL("./testing/classifiers-page.ts", import.meta.url);
    expect(await runInChromium({ entry, coopCoep })).toEqual({ ...inNode, numThreads });
  },
);

import { beforeEach, expect, test } from "vitest";
import { skipWithoutChromium } from "../../../../test/browser/chromium.ts";
import { runInChromium } from "../../../../test/browser/run-in-chromium.ts";
import { trainOnWardrobe } from "./testing/train-wardrobe.ts";

beforeEach(skipWithoutChromium);

test.for([
  { coopCoep: true, numThreads: 2 },
  { coopCoep: false, numThreads: 1 },
])("a page with $numThreads threads trains to the same bits as Node", async ({ coopCoep, numThreads }) => {
  const inNode = await trainOnWardrobe(2);
  expect(inNode.loss[2]).toBeLessThan(inNode.loss[0]!);
  const entry = new URL("./testing/train-page.ts", import.meta.url);
  expect(await runInChromium({ entry, coopCoep })).toEqual({ ...inNode, numThreads });
});

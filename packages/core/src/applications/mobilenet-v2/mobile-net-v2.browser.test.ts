// With random weights; the package sandglass tries it with trained ones.
import { beforeEach, expect, test } from "vitest";
import { skipWithoutChromium } from "../../../../../test/browser/chromium.ts";
import { runInChromium } from "../../../../../test/browser/run-in-chromium.ts";
import { classifyNoise } from "./testing/classify-noise.ts";

beforeEach(skipWithoutChromium);

test.for([true, false])(
  "MobileNetV2 classifies an image to the same bits as in Node, in a page that is isolated: %s",
  async (coopCoep) => {
    const inNode = await classifyNoise();
    expect(inNode).toHaveLength(1000);
    expect(new Set(inNode.map(({ score }) => score)).size).toBeGreaterThan(900);
    const entry = new URL("./testing/noise-page.ts", import.meta.url);
    expect(await runInChromium({ entry, coopCoep })).toEqual(inNode);
  },
);

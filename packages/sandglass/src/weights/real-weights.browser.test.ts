// MobileNetV2 with ImageNet's weights in a page, beside Node.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { skipWithoutChromium } from "../../../../test/browser/chromium.ts";
import { runInChromium } from "../../../../test/browser/run-in-chromium.ts";
import { classifyPhotographs } from "./testing/classify-photographs.ts";
import { folded, foldedFile, hasRealWeights, keras, labelledPhotographs, pixelsOf } from "./testing/real-weights.ts";

beforeEach(skipWithoutChromium);

test.skipIf(!hasRealWeights)(
  "a page knows what photographs show, to the same bits as Node (needs mobilenet/ and imagenet-samples/ in SANDGLASS_DATA)",
  async () => {
    const photographs = labelledPhotographs(4);
    const names = [...readdirSync(join(folded, "weights")), "Const_222.npy"];
    const files = new Map<string, Uint8Array>(
      names.map((name) => [name, new Uint8Array(readFileSync(foldedFile(name)))]),
    );
    files.set("features.h5", new Uint8Array(readFileSync(keras)));
    files.set(
      "pixels",
      await pixelsOf(
        photographs.map(({ file }) => file),
        0.875,
      ),
    );
    const inNode = await classifyPhotographs((name) => Promise.resolve(files.get(name) ?? new Uint8Array()));
    expect(inNode.best.map(({ index }) => index)).toEqual(photographs.map(({ index }) => index));
    const entry = new URL("./testing/photographs-page.ts", import.meta.url);
    expect(await runInChromium({ entry, coopCoep: true, files })).toEqual(inNode);
  },
);

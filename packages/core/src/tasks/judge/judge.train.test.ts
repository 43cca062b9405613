import { expect, test } from "vitest";
import { dataset, wardrobe } from "../../data/index.ts";
import type { Dataset } from "../../data/index.ts";
import { RandomStream } from "../../data/random-stream.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";
import { Judge } from "./judge.ts";

useDefaultDevice(2);

function clothes(count: number, seed: number): Dataset {
  const { images, labels, shape, classNames } = wardrobe({ count, seed });
  return dataset("clothes", shape, images, { labels, classNames });
}

test("real samples are judged better than noisy ones, and noise worst", { timeout: 120_000 }, async () => {
  const judge = await Judge.train(clothes(1000, 1), clothes(500, 2), { epochs: 5, steps: 60 });
  expect(judge.accuracy).toBeGreaterThan(0.85);
  const real = clothes(500, 3);
  const random = new RandomStream(5);
  const noisy = {
    ...real,
    values: real.values.map((value) => Math.min(255, Math.max(0, value + random.uniform(-120, 120)))),
  };
  const noise = { ...real, values: real.values.map(() => random.uniform(0, 255)) };
  const [ofReal, ofNoisy, ofNoise] = [await judge.judge(real), await judge.judge(noisy), await judge.judge(noise)];
  expect(ofReal.accuracy).toBeGreaterThan(0.8);
  expect(ofReal.count).toBe(500);
  expect(ofReal.frechetDistance).toBeLessThan(ofNoisy.frechetDistance / 5);
  expect(ofNoisy.frechetDistance).toBeLessThan(ofNoise.frechetDistance);
  // Labels of noise have nothing to do with it: chance is a tenth.
  expect(ofNoise.accuracy).toBeLessThan(0.4);
  const { labels: _, ...unlabelled } = real;
  expect((await judge.judge(unlabelled)).accuracy).toBeGreaterThan(0.8);
  await judge.dispose();
});

test("needs labels of real samples", async () => {
  const { labels: _, ...unlabelled } = clothes(20, 1);
  await expect(Judge.train(unlabelled, clothes(20, 2))).rejects.toThrow(/"clothes" has no labels/);
});

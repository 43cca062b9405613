/** GANs on clothing: nothing is said of healthy ones, and the samples of a class are of that class. */
import { expect, test } from "vitest";
import { dataset, wardrobe } from "../../data/index.ts";
import type { Dataset } from "../../data/index.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";
import { nearestOf } from "../parts/nearest-exhibit.ts";
import { gan } from "./gan.ts";

useDefaultDevice(2);

const CLASSES = 10;

function clothes(count: number): Dataset {
  const { images, shape, labels, classNames } = wardrobe({ count, seed: 1 });
  return dataset("wardrobe", shape, images, { labels, classNames });
}

const LOSSES = ["non-saturating", "least-squares", "wasserstein"] as const;
const NETWORKS = [{ units: [128, 64] }, { filters: [8, 16] }] as const;

test.each(LOSSES.flatMap((adversarialLoss) => NETWORKS.map((networks) => ({ adversarialLoss, ...networks }))))(
  "no warning of healthy ones: %j",
  { timeout: 300_000 },
  async (options) => {
    const data = clothes(3000);
    for (const seed of [1, 2]) {
      const model = gan({ ...options, seed });
      const { history } = await model.fit(data, { epochs: 10, batchSize: 32 });
      expect(model.warnings, `seed ${seed}`).toEqual([]);
      // They have learned something: the samples differ more and more.
      expect(history["diversity"]!.at(-1)!).toBeGreaterThan(2 * history["diversity"]![0]!);
      await model.dispose();
    }
  },
);

test("the samples of a class are nearest to the mean of that class", { timeout: 300_000 }, async () => {
  const data = clothes(4000);
  const model = gan({ filters: [16, 32], conditional: true, seed: 1 });
  const { history } = await model.fit(data, { epochs: 10, batchSize: 32 });
  const drawn = await model.sample(500, { seed: 2 });
  const means = meansOfClasses(data);
  const size = drawn.length / 500;
  let right = 0;
  for (let index = 0; index < 500; index++) {
    const { index: nearest } = nearestOf(drawn.subarray(index * size, (index + 1) * size), means);
    if (nearest === index % CLASSES) right++;
  }
  // Of the real ones, 85 % are.
  expect(right / 500).toBeGreaterThan(0.75);
  expect(history["diversity"]!.at(-1)!).toBeGreaterThan(0.5);
  await model.dispose();
});

function meansOfClasses({ values: images, labels, scale, count }: Dataset): Float32Array {
  const size = images.length / count;
  const [means, counts] = [new Float32Array(CLASSES * size), new Float64Array(CLASSES)];
  for (let index = 0; index < count; index++) {
    const label = labels![index]!;
    counts[label] = counts[label]! + 1;
    for (let place = 0; place < size; place++) {
      means[label * size + place] = means[label * size + place]! + images[index * size + place]! * scale;
    }
  }
  return means.map((sum, place) => sum / counts[Math.floor(place / size)]!);
}

/** What the tests of classifiers learn from. */
import { dataset } from "../../../data/dataset.ts";
import type { Dataset } from "../../../data/dataset.ts";
import { RandomStream } from "../../../data/random-stream.ts";
import { batchNormalization, conv2d, dropout, relu } from "../../../nn/layers/index.ts";
import { input } from "../../../nn/layers/input-layer.ts";
import { model } from "../../../nn/model/functional.ts";
import type { Model } from "../../../nn/model/model.ts";
import { setRandomSeed } from "../../../nn/random/session-seed.ts";

export const SIDE = 8;
export const COLORS = ["red", "green", "blue"];

/** Images of one color each, a little different from one another. */
export function colored(perClass: number, numClasses: number, seed = 1): Dataset {
  const random = new RandomStream(seed);
  const count = perClass * numClasses;
  const labels = Uint8Array.from({ length: count }, (_, index) => index % numClasses);
  const values = Float32Array.from({ length: count * SIDE * SIDE * 3 }, (_, index) => {
    const label = labels[Math.floor(index / (SIDE * SIDE * 3))];
    return (index % 3 === label ? 0.7 : 0.2) + 0.2 * random.uniform(0, 1);
  });
  return dataset("colors", [SIDE, SIDE, 3], values, { labels, classNames: COLORS.slice(0, numClasses) });
}

/**
 * A base with all that must keep still: normalization, dropout.
 *
 * @param momentum of the normalization's averages.
 */
export function smallBase(momentum?: number): Model {
  setRandomSeed(5);
  const image = input([SIDE, SIDE, 3]);
  const first = relu({ name: "first_relu" })(
    batchNormalization({ name: "first_bn", ...(momentum !== undefined && { momentum }) })(
      conv2d(6, 3, { padding: "same", name: "first" })(image),
    ),
  );
  const second = conv2d(8, 3, { padding: "same", activation: "relu", name: "second" })(dropout(0.3)(first));
  return model(image, second, { name: "base" });
}

/** An autoencoder with 12 and 8 filters, kernels of 3×3 and 4×4, and pools of 2 and 4. */

import { input, layers, model, wardrobe } from "sandglass";
import type { History } from "sandglass";
import { budgetOf } from "./command-line.ts";
import type { Budget } from "./command-line.ts";

const { conv2d, cropping2d, maxPool2d, upSampling2d, zeroPadding2d } = layers;

export async function main({ epochs, images }: Budget): Promise<History> {
  const { images: data } = wardrobe({ count: images });
  const x = { data, shape: [28, 28, 1], scale: 1 / 255 };

  const image = input([28, 28, 1]);
  // Two pixels around the image make 32, which both pools divide.
  const padded = zeroPadding2d(2)(image);
  const wide = maxPool2d(2)(conv2d(12, 3, { activation: "relu", padding: "same" })(padded)); // [16, 16, 12]
  const code = maxPool2d(4)(conv2d(8, 4, { activation: "relu", padding: "same" })(wide)); // [4, 4, 8]
  const grown = upSampling2d(4)(conv2d(8, 4, { activation: "relu", padding: "same" })(code)); // [16, 16, 8]
  const grownAgain = upSampling2d(2)(conv2d(12, 3, { activation: "relu", padding: "same" })(grown)); // [32, 32, 12]
  const restored = cropping2d(2)(conv2d(1, 3, { activation: "sigmoid", padding: "same" })(grownAgain));

  const autoencoder = model(image, restored, { name: "pooled" });
  autoencoder.summary();
  autoencoder.compile({ optimizer: "adam", loss: "mse" });
  return autoencoder.fit(x, x, { epochs, batchSize: 64, validationSplit: 0.2, verbose: 2 });
}

if (import.meta.main) await main(budgetOf({ epochs: 5, images: 4000 }));

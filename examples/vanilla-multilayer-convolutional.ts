/** Three autoencoders on the same images: vanilla (one hidden layer), multilayer, and convolutional with 16, 8 and 8 filters. */

import { input, layers, sequential, wardrobe } from "sandglass";
import type { Model } from "sandglass";
import { budgetOf } from "./command-line.ts";
import type { Budget } from "./command-line.ts";

const { conv2d, dense, maxPool2d, upSampling2d } = layers;

function vanilla(): Model {
  return sequential([input([784]), dense(64, { activation: "relu" }), dense(784, { activation: "sigmoid" })], {
    name: "vanilla",
  });
}

function multilayer(): Model {
  return sequential(
    [
      input([784]),
      dense(128, { activation: "relu" }),
      dense(64, { activation: "relu" }),
      dense(32, { activation: "relu" }),
      dense(64, { activation: "relu" }),
      dense(128, { activation: "relu" }),
      dense(784, { activation: "sigmoid" }),
    ],
    { name: "multilayer" },
  );
}

function convolutional(): Model {
  return sequential(
    [
      input([28, 28, 1]),
      conv2d(16, 3, { activation: "relu", padding: "same" }),
      maxPool2d(2, { padding: "same" }),
      conv2d(8, 3, { activation: "relu", padding: "same" }),
      maxPool2d(2, { padding: "same" }),
      conv2d(8, 3, { activation: "relu", padding: "same" }),
      maxPool2d(2, { padding: "same" }),
      // Here the code is [4, 4, 8].
      conv2d(8, 3, { activation: "relu", padding: "same" }),
      upSampling2d(2),
      conv2d(8, 3, { activation: "relu", padding: "same" }),
      upSampling2d(2),
      conv2d(16, 3, { activation: "relu" }),
      upSampling2d(2),
      conv2d(1, 3, { activation: "sigmoid", padding: "same" }),
    ],
    { name: "convolutional" },
  );
}

/** The validation loss of each model after the last epoch. */
export async function main({ epochs, images }: Budget): Promise<Record<string, number>> {
  const { images: data } = wardrobe({ count: images });
  const x = { data, scale: 1 / 255 };
  const results: Record<string, number> = {};
  for (const autoencoder of [vanilla(), multilayer(), convolutional()]) {
    autoencoder.summary();
    autoencoder.compile({ optimizer: "adam", loss: "binary_crossentropy" });
    const { history } = await autoencoder.fit(x, x, { epochs, batchSize: 128, validationSplit: 0.2, verbose: 2 });
    results[autoencoder.name] = history["val_loss"]?.at(-1) ?? Number.NaN;
  }
  console.table(results);
  return results;
}

if (import.meta.main) await main(budgetOf({ epochs: 5, images: 4000 }));

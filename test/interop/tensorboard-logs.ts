/** A training with TensorBoard logs, for TensorBoard's own reader. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { adam, input, layers, resetNames, sequential, setRandomSeed, tensorBoard, wardrobe } from "sandglass";

const NUM_EPOCHS = 4;

/** Writes `logs/` and `history.json` into a folder. */
export async function writeLogs(folder: string): Promise<void> {
  resetNames();
  setRandomSeed(2);
  const { images } = wardrobe({ count: 200 });
  const x = { data: images, shape: [28, 28, 1], scale: 1 / 255 };
  const autoencoder = sequential([
    input([28, 28, 1]),
    layers.flatten(),
    layers.dense(16, { activation: "relu" }),
    layers.dense(784, { activation: "sigmoid" }),
    layers.reshape([28, 28, 1]),
  ]);
  autoencoder.compile({ optimizer: adam({ learningRate: 0.01 }), loss: "mse", metrics: ["mae"] });
  const callback = tensorBoard(`${folder}/logs`, {
    histogramFreq: 1,
    hparams: { units: 16, optimizer: "adam" },
    reconstructions: { images: { data: images.subarray(0, 4 * 784), shape: [28, 28, 1], scale: 1 / 255 } },
  });
  const { history } = await autoencoder.fit(x, x, {
    epochs: NUM_EPOCHS,
    validationSplit: 0.2,
    callbacks: [callback],
  });
  const weights = autoencoder.variables.map(({ path, size }) => ({ path, size }));
  await writeFile(join(folder, "history.json"), JSON.stringify({ history, weights }));
  await autoencoder.dispose();
}

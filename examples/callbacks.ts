/** A training that stops by itself, keeps its best model, lowers its learning rate on a plateau and writes logs for TensorBoard. */

import {
  adam,
  earlyStopping,
  input,
  layers,
  loadModel,
  modelCheckpoint,
  nodeFiles,
  reduceLROnPlateau,
  sequential,
  tensorBoard,
  wardrobe,
} from "sandglass";
import type { History } from "sandglass";
import { budgetOf } from "./command-line.ts";
import type { Budget } from "./command-line.ts";

const { dense } = layers;

/** @param folder where the checkpoint and the logs go. */
export async function main({ epochs, images }: Budget, folder = "runs/callbacks-example"): Promise<History> {
  const { images: data } = wardrobe({ count: images });
  const x = { data, scale: 1 / 255 };

  const autoencoder = sequential([
    input([784]),
    dense(32, { activation: "relu" }),
    dense(784, { activation: "sigmoid" }),
  ]);
  autoencoder.compile({ optimizer: adam({ learningRate: 0.01 }), loss: "mse", metrics: ["mae"] });
  const history = await autoencoder.fit(x, x, {
    epochs,
    batchSize: 64,
    validationSplit: 0.2,
    verbose: 2,
    callbacks: [
      earlyStopping({ monitor: "val_loss", minDelta: 1e-4, patience: 5, restoreBestWeights: true }),
      modelCheckpoint(`${folder}/best.keras`, { monitor: "val_loss", saveBestOnly: true }),
      reduceLROnPlateau({ monitor: "val_loss", factor: 0.5, patience: 2, minDelta: 1e-4 }),
      tensorBoard(`${folder}/logs`, { histogramFreq: 1 }),
    ],
  });

  const bytes = await nodeFiles().read(`${folder}/best.keras`);
  if (bytes === undefined) throw new Error("the training left no checkpoint");
  const best = await loadModel(bytes);
  console.log("the best model:", await best.evaluate(x, x));
  return history;
}

if (import.meta.main) await main(budgetOf({ epochs: 30, images: 2000 }));

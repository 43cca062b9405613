/**
 * A training that backs itself up after every step, for a test that kills it:
 *
 *     node killed-training.ts FOLDER
 *
 * Prints a line for each step, and at the end a hash of everything that training has changed.
 */

import { createHash } from "node:crypto";
import {
  adam,
  backupAndRestore,
  earlyStopping,
  input,
  layers,
  reduceLROnPlateau,
  sequential,
  setRandomSeed,
  wardrobe,
} from "../../index.ts";

const { batchNormalization, dense, dropout } = layers;

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("give the folder of the backup");

setRandomSeed(4);
const { images } = wardrobe({ count: 200 });
const x = { data: images, scale: 1 / 255 };
const autoencoder = sequential([
  input([784]),
  dense(24, { activation: "relu" }),
  batchNormalization(),
  dropout(0.2),
  dense(784, { activation: "sigmoid" }),
]);
autoencoder.compile({ optimizer: adam({ learningRate: 0.01 }), loss: "mse", metrics: ["mae"] });

const { history } = await autoencoder.fit(x, x, {
  epochs: 25,
  batchSize: 20,
  validationSplit: 0.2,
  callbacks: [
    reduceLROnPlateau({ patience: 2, factor: 0.7, minDelta: 0.001 }),
    earlyStopping({ patience: 50, restoreBestWeights: true }),
    backupAndRestore(folder, { saveFreq: 1 }),
    { onTrainBatchBegin: (batch) => void process.stdout.write(`step ${batch}\n`) },
  ],
});

const hash = createHash("sha256").update(JSON.stringify(history));
for (const values of autoencoder.getWeights()) hash.update(values);
for (const { slots } of autoencoder.compiled?.state.read().variables ?? []) {
  for (const values of Object.values(slots)) hash.update(values);
}
process.stdout.write(`hash ${hash.digest("hex")}\n`);

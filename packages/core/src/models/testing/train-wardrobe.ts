/** A short training that uses every part of the engine, for comparing hosts bit by bit. */
import { dataset, wardrobe } from "../../data/index.ts";
import { setRandomSeed } from "../../nn/random/session-seed.ts";
import { resetNames } from "../../nn/names.ts";
import { Device } from "../../runtime/device.ts";
import { conv } from "../conv.ts";

export interface TrainingResult {
  /** Threads that the device really has. */
  readonly numThreads: number;
  readonly loss: readonly number[];
  readonly validationLoss: readonly number[];
  /** All weights, hashed bit by bit (FNV-1a). */
  readonly weights: number;
  /** The reconstruction of one image, hashed likewise. */
  readonly reconstruction: number;
}

export async function trainOnWardrobe(threads: number): Promise<TrainingResult> {
  setRandomSeed(7);
  resetNames();
  const device = await Device.create({ threads });
  const { images, shape } = wardrobe({ count: 300, seed: 1 });
  const { model } = conv.build(shape);
  model.compile({ optimizer: "adam", loss: "bce", device });
  const data = dataset("wardrobe", shape, images);
  // 240 images make three batches, the last of which leaves lanes empty.
  const { history } = await model.fit(data, data, { epochs: 3, batchSize: 100, validationSplit: 0.2, seed: 3 });
  const reconstruction = await model.predict(dataset("one", shape, images.subarray(0, 784)));
  const result = {
    numThreads: device.numThreads,
    loss: history["loss"] ?? [],
    validationLoss: history["val_loss"] ?? [],
    weights: hash(model.getWeights()),
    reconstruction: hash([reconstruction]),
  };
  device.dispose();
  return result;
}

function hash(arrays: readonly Float32Array[]): number {
  let hashed = 0x811c9dc5;
  for (const array of arrays) {
    for (const byte of new Uint8Array(new Float32Array(array).buffer)) {
      hashed = Math.imul(hashed ^ byte, 0x01000193) >>> 0;
    }
  }
  return hashed;
}

/** A short training of every family, with everything that a model can do afterwards, for comparing hosts bit by bit. */
import { dataset, wardrobe } from "../../data/index.ts";
import type { Dataset } from "../../data/index.ts";
import { augmentationKinds } from "../../nn/augmentation/index.ts";
import { hashBits } from "../../nn/testing/hash-bits.ts";
import { Device } from "../../runtime/device.ts";
import { Autoencoder } from "../autoencoder.ts";
import { conv } from "../conv/conv.ts";
import { load } from "../load-autoencoder.ts";
import { modelFamilies } from "../registry.ts";
import { withPreset } from "./with-preset.ts";

/** What a family did. Arrays are hashed bit by bit. */
export interface FamilyResult {
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly weights: number;
  /** Codes, reconstructions, scores and samples, as far as the family has them. */
  readonly outputs: readonly number[];
  /** The bytes of its file. */
  readonly file: number;
  /** What the model of the file makes of the same samples. */
  readonly outputsOfLoaded: readonly number[];
}

export interface FamiliesResult {
  /** Threads that the device really has. */
  readonly numThreads: number;
  readonly families: Readonly<Record<string, FamilyResult>>;
  /** The weights of a model that was trained with every augmentation. */
  readonly augmented: number;
}

/** Trains each of the families for three epochs on small images. */
export async function trainFamilies(threads: number): Promise<FamiliesResult> {
  const device = await Device.create({ threads });
  const data = smallWardrobe();
  const families: Record<string, FamilyResult> = {};
  for (const family of modelFamilies) {
    const model = new Autoencoder(family, withPreset(family, "fast"), { seed: 7, device });
    // 40 images make three batches, the last of which leaves lanes empty.
    const { history } = await model.fit(data, { epochs: 3, batchSize: 16, validationSplit: 8 });
    const file = await model.save();
    const loaded = await load(file, { device });
    families[family.name] = {
      history,
      weights: hashBits(...model.model.getWeights()),
      outputs: await outputsOf(model, data),
      file: hashBits(file),
      outputsOfLoaded: await outputsOf(loaded, data),
    };
    await model.dispose();
    await loaded.dispose();
  }
  const augmented = await trainAugmented(data, device);
  const { numThreads } = device;
  device.dispose();
  return { numThreads, families, augmented };
}

async function trainAugmented(data: Dataset, device: Device): Promise<number> {
  const model = new Autoencoder(conv.family, { filters: [4, 2] }, { seed: 7, device });
  await model.fit(data, { epochs: 2, batchSize: 16, augment: Object.keys(augmentationKinds).join(", ") });
  const weights = hashBits(...model.model.getWeights());
  await model.dispose();
  return weights;
}

/** Every third pixel of every third row: 10×10. */
function smallWardrobe(): Dataset {
  const { images, labels } = wardrobe({ count: 48, seed: 1 });
  const pixels = Float32Array.from({ length: 48 * 100 }, (_, index) => {
    const [image, row, column] = [Math.floor(index / 100), Math.floor((index % 100) / 10), index % 10];
    return (images[image * 784 + row * 84 + column * 3] as number) / 255;
  });
  return dataset("small wardrobe", [10, 10, 1], pixels, { labels });
}

async function outputsOf(model: Autoencoder, data: Dataset): Promise<number[]> {
  const outputs = [await model.score(data)];
  if (model.encoder !== undefined) outputs.push(await model.encode(data), await model.reconstruct(data));
  if (model.isGenerative) outputs.push(await model.sample(5, { seed: 3 }));
  return outputs.map((output) => hashBits(output));
}

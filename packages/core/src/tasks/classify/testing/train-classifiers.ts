/** Short trainings of classifiers, with everything that one can do afterwards, for comparing hosts bit by bit. */
import { dataset, wardrobe, wardrobeClassNames } from "../../../data/index.ts";
import type { Dataset } from "../../../data/index.ts";
import { inFreshSession } from "../../../models/fresh-session.ts";
import { batchNormalization, conv2d, relu } from "../../../nn/layers/index.ts";
import { input } from "../../../nn/layers/input-layer.ts";
import { model } from "../../../nn/model/functional.ts";
import type { Model } from "../../../nn/model/model.ts";
import { hashBits } from "../../../nn/testing/hash-bits.ts";
import { Device } from "../../../runtime/device.ts";
import type { Classifier } from "../classifier.ts";
import type { ClassifierFitOptions } from "../classifier-options.ts";
import { cnn, load, transfer } from "../create-classifier.ts";

/** What a classifier did. Arrays are hashed bit by bit. */
export interface ClassifierResult {
  /** Of each epoch. */
  readonly loss: readonly (number | undefined)[];
  readonly weights: number;
  readonly probabilities: number;
  readonly decisions: readonly number[];
  /** The bytes of its file. */
  readonly file: number;
  /** What the classifier of the file makes of the same samples. */
  readonly probabilitiesOfLoaded: number;
  readonly decisionsOfLoaded: readonly number[];
}

export interface ClassifiersResult {
  /** Threads that the device really has. */
  readonly numThreads: number;
  readonly cnn: ClassifierResult;
  readonly transfer: ClassifierResult;
}

/** Trains the convolutional network, and a new head on a base that is then fine-tuned, on pieces of clothing. */
export async function trainClassifiers(threads: number): Promise<ClassifiersResult> {
  const device = await Device.create({ threads });
  const { images, labels, shape } = wardrobe({ count: 72, seed: 4 });
  const classNames = [...wardrobeClassNames];
  const data = dataset("wardrobe", shape, images, { labels, classNames });
  const settings = { classNames, seed: 5, device };
  const choices: ClassifierFitOptions = { epochs: 3, batchSize: 16, validationSplit: 8, learningRate: 0.01 };
  const network = cnn(shape, settings, { filters: [4, 8], units: [16] });
  const head = transfer(smallBase(), settings, { units: [16] });
  const result = {
    numThreads: device.numThreads,
    cnn: await trainAndUse(network, data, { ...choices, augment: "flip, rotate=10" }, device),
    transfer: await trainAndUse(head, data, { ...choices, fineTune: { from: 0.5, epochs: 2 } }, device),
  };
  device.dispose();
  return result;
}

/** With names of its own, however often it is made. */
function smallBase(): Model {
  return inFreshSession(6, () => {
    const image = input([28, 28, 1]);
    const first = conv2d(4, 3, { strides: 2, padding: "same", useBias: false })(image);
    const second = conv2d(8, 3, { strides: 2, padding: "same" })(relu()(batchNormalization()(first)));
    return model(image, relu()(second), { name: "base" });
  });
}

async function trainAndUse(
  classifier: Classifier,
  data: Dataset,
  choices: ClassifierFitOptions,
  device: Device,
): Promise<ClassifierResult> {
  const { epochs } = await classifier.fit(data, choices);
  const probabilities = await classifier.predict(data);
  const file = await classifier.save();
  const loaded = await load(file, { device });
  const probabilitiesOfLoaded = await loaded.predict(data);
  const result = {
    loss: epochs.map(({ logs }) => logs["loss"]),
    weights: hashBits(...classifier.model.getWeights()),
    probabilities: hashBits(probabilities),
    decisions: [...classifier.decide(probabilities)],
    file: hashBits(file),
    probabilitiesOfLoaded: hashBits(probabilitiesOfLoaded),
    decisionsOfLoaded: [...loaded.decide(probabilitiesOfLoaded)],
  };
  await classifier.dispose();
  await loaded.dispose();
  return result;
}

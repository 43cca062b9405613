/** A convolutional classifier on grey images of 64×64 pixels: [conv 5×5 + relu, pool] twice, then dense, then softmax. */

import { input, layers, sequential, wardrobe } from "sandglass";
import type { Logs } from "sandglass";
import { budgetOf } from "./command-line.ts";
import type { Budget } from "./command-line.ts";

const { conv2d, dense, dropout, flatten, maxPool2d, rescaling, resizing } = layers;

/** Loss and accuracy on images that the training never saw. */
export async function main({ epochs, images }: Budget): Promise<Logs> {
  const { images: data, labels, classNames } = wardrobe({ count: images, seed: 1 });
  const enlarge = sequential([input([28, 28, 1]), resizing(64, 64), rescaling(1 / 255)], { name: "enlarge" });
  const x = await enlarge.predict(data);
  const numTraining = Math.floor(0.8 * images);
  const size = 64 * 64;

  const classifier = sequential(
    [
      input([64, 64, 1]),
      conv2d(32, 5, { activation: "relu" }),
      maxPool2d(2),
      conv2d(64, 5, { activation: "relu" }),
      maxPool2d(2),
      flatten(),
      dense(128, { activation: "relu" }),
      dropout(0.5),
      dense(classNames.length, { activation: "softmax" }),
    ],
    { name: "classifier" },
  );
  classifier.summary();
  classifier.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
  await classifier.fit(x.subarray(0, numTraining * size), labels.subarray(0, numTraining), {
    epochs,
    batchSize: 32,
    validationSplit: 0.1,
    verbose: 2,
  });
  const figures = await classifier.evaluate(x.subarray(numTraining * size), labels.subarray(numTraining));
  console.log(`on ${images - numTraining} new images:`, figures);
  return figures;
}

if (import.meta.main) await main(budgetOf({ epochs: 5, images: 2000 }));

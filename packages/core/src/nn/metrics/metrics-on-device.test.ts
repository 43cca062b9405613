/** Losses and metrics in compiled programs: against float64 of the same predictions, and through `fit`. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Device } from "../../runtime/device.ts";
import { conv2d, dense } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { sparseCategoricalCrossentropy, ssimLoss } from "../losses/index.ts";
import { sequential } from "../model/sequential.ts";
import type { Sequential } from "../model/sequential.ts";
import { resetNames } from "../names.ts";
import { adam } from "../optimizers/index.ts";
import { RandomBits } from "../random/random-bits.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import { largestError } from "../testing/evaluate.ts";
import { auc, f1Score, meanIou, precision, r2Score, recall, topKCategoricalAccuracy } from "./index.ts";
import type { Metric } from "./metric.ts";
import { getMetric } from "./registry.ts";
import { figuresOf } from "./testing/figures-of.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 2 });
});
afterAll(() => device.dispose());
beforeEach(() => {
  resetNames();
  setRandomSeed(1);
});

const COUNT = 37;
const bits = new RandomBits(9);
const uniform = (count: number, first: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => bits.fraction(first + i));

/** Points in the plane, each in the class of its nearest corner, of three. */
function points(count: number): { x: Float32Array; classes: Uint8Array } {
  const x = uniform(2 * count, 1000);
  const corners = [[0, 0], [1, 0], [0.5, 1]]; // prettier-ignore
  const classes = Uint8Array.from({ length: count }, (_, row) => {
    const distances = corners.map(([a, b]) => Math.hypot(x[2 * row]! - a!, x[2 * row + 1]! - b!));
    return distances.indexOf(Math.min(...distances));
  });
  return { x, classes };
}

function oneHot(classes: Uint8Array, numClasses: number): Float32Array {
  return Float32Array.from({ length: classes.length * numClasses }, (_, i) =>
    i % numClasses === classes[Math.floor(i / numClasses)] ? 1 : 0,
  );
}

function rows(data: ArrayLike<number>, size: number): Float64Array[] {
  return Array.from({ length: data.length / size }, (_, row) =>
    Float64Array.from({ length: size }, (_value, i) => data[row * size + i]!),
  );
}

describe("kernels give what float64 gives of the same predictions", () => {
  const numClasses = 4;
  const classes = Uint8Array.from(uniform(COUNT, 1), (value) => Math.floor(value * numClasses));
  const sampleWeight = uniform(COUNT, 100);
  const forClasses: readonly Metric[] = [
    ...["accuracy", "categorical_crossentropy", "categorical_hinge", "hinge", "kld", "poisson", "log_cosh"].map(
      getMetric,
    ),
    topKCategoricalAccuracy({ k: 2 }),
    precision({ thresholds: [0.2, 0.4] }),
    recall({ topK: 2, classId: 1 }),
    auc(),
    auc({ curve: "PR", multiLabel: true, name: "auc_of_labels" }),
    f1Score(),
    r2Score(),
    meanIou(numClasses, { sparseTarget: false, sparsePrediction: false }),
    getMetric("psnr"),
  ];
  const forNumbers = ["acc", "sparse_categorical_crossentropy", "sparse_top_k_categorical_accuracy"].map(getMetric);

  test.each([
    ["one-hot classes", "mse", forClasses, oneHot(classes, numClasses), numClasses],
    ["class numbers", "sparse_categorical_crossentropy", forNumbers, Float32Array.from(classes), 1],
  ] as const)("%s", async (_, loss, metrics, y, size) => {
    const network = sequential([input([3]), dense(numClasses, { activation: "softmax" })]);
    network.compile({ optimizer: "sgd", loss, metrics: [...metrics], weightedMetrics: [...metrics], device });
    const x = uniform(COUNT * 3, 200);
    const logs = await network.evaluate(x, y, { batchSize: 16, sampleWeight });
    const batch = { target: rows(y, size), prediction: rows(await network.predict(x), numClasses) };
    for (const metric of metrics) {
      for (const [name, weights] of [
        [metric.name, undefined],
        [`weighted_${metric.name}`, rows(sampleWeight, 1)],
      ] as const) {
        const expected = figuresOf(metric, [[size], [numClasses]], [{ ...batch, weights }]);
        const found = expected.length === 1 ? [logs[name]!] : expected.map((_figure, i) => logs[`${name}_${i}`]!);
        // A score near 0 is the difference of sums, which kernels make in float32.
        expect(largestError(found, expected, 1e-2), name).toBeLessThan(1e-5);
      }
    }
    await network.dispose();
  });
});

describe("fit", () => {
  function classifier(options: Partial<Parameters<Sequential["compile"]>[0]>): Sequential {
    const network = sequential([input([2]), dense(16, { activation: "tanh" }), dense(3, { activation: "softmax" })]);
    network.compile({ optimizer: adam({ learningRate: 0.02 }), loss: "mse", device, ...options });
    return network;
  }

  test("learns classes from their numbers, and reports how many it gets right", async () => {
    const { x, classes } = points(400);
    const network = classifier({
      loss: sparseCategoricalCrossentropy(),
      metrics: ["accuracy", "sparseTopKCategoricalAccuracy"],
    });
    const { history } = await network.fit(x, classes, { epochs: 12, batchSize: 32, validationSplit: 0.2 });
    expect(history["loss"]!.at(-1)).toBeLessThan(0.4 * history["loss"]![0]!);
    expect(history["val_accuracy"]!.at(-1)).toBeGreaterThan(0.9);
    expect(history["sparseTopKCategoricalAccuracy"]!.at(-1)).toBe(1);
    // What is reported is what the predictions say.
    const predicted = rows(await network.predict(x), 3).map((row) => row.indexOf(Math.max(...row)));
    const right = predicted.filter((label, index) => label === classes[index]).length / 400;
    expect((await network.evaluate(x, classes))["accuracy"]).toBeCloseTo(right, 6);
    await network.dispose();
  });

  test("reports a figure for each class, and knows which way is better", async () => {
    const { x, classes } = points(60);
    const network = classifier({ metrics: [f1Score(), precision({ classId: 0 }), precision({ classId: 2 })] });
    const { history } = await network.fit(x, oneHot(classes, 3), { epochs: 2 });
    const figures = ["loss", "f1_score_0", "f1_score_1", "f1_score_2", "precision", "precision_1"];
    expect(Object.keys(history)).toEqual(figures);
    expect(figures.map((figure) => network.compiled?.betterOf(figure))).toEqual([
      "smaller",
      ...Array(5).fill("larger"),
    ]);
    await network.dispose();
  });

  test("counts only the classes that are not ignored", async () => {
    const { x, classes } = points(50);
    const some = Float32Array.from(classes, (label, index) => (index % 3 === 0 ? -1 : label));
    const kept = Array.from(some.keys()).filter((index) => index % 3 !== 0);
    const network = classifier({ loss: sparseCategoricalCrossentropy({ ignoreClass: -1 }) });
    const { loss } = await network.evaluate(x, some, { batchSize: 50 });
    const ofKept = Float32Array.from(kept.flatMap((index) => [x[2 * index]!, x[2 * index + 1]!]));
    const expected = await network.evaluate(
      ofKept,
      Float32Array.from(kept, (index) => some[index]!),
      { batchSize: 50 },
    );
    expect(loss).toBeCloseTo(expected["loss"]!, 5);
    await network.fit(x, some, { batchSize: 25, epochs: 2 });
    expect((await network.evaluate(x, some, { batchSize: 50 }))["loss"]).toBeLessThan(loss!);
    await network.dispose();
  });

  test("refuses class numbers that the model lacks", async () => {
    const network = classifier({ loss: "sparse_categorical_crossentropy" });
    const x = Float32Array.of(0, 0, 1, 1);
    await expect(network.fit(x, Uint8Array.of(0, 3))).rejects.toThrow(
      "y holds 3 in row 1, value 0, and the model predicts 3 classes, which are numbered from 0 to 2",
    );
    await expect(network.evaluate(x, Float32Array.of(1.5, 0))).rejects.toThrow("y holds 1.5 in row 0");
    const halves = { data: Uint8Array.of(2, 4), scale: 0.5, shape: [1] };
    expect((await network.evaluate(x, halves))["loss"]).toBeGreaterThan(0);
    await network.dispose();
  });

  test("makes images more alike", async () => {
    const images = uniform(16 * 12 * 12, 5000).map((value, i) => (value + Math.sin(i / 9)) / 2);
    const network = sequential([input([12, 12, 1]), conv2d(1, 3, { padding: "same" })]);
    network.compile({ optimizer: adam({ learningRate: 0.02 }), loss: ssimLoss(), metrics: ["ssim", "psnr"], device });
    const { history } = await network.fit(images, images, { epochs: 15, batchSize: 8 });
    expect(history["loss"]!.at(-1)).toBeLessThan(0.5 * history["loss"]![0]!);
    expect(history["ssim"]!.at(-1)).toBeCloseTo(1 - history["loss"]!.at(-1)!, 5);
    expect(history["psnr"]!.at(-1)).toBeGreaterThan(history["psnr"]![0]!);
    await network.dispose();
  });
});

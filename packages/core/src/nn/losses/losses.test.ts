import { describe, expect, test } from "vitest";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import { gradients } from "../../autodiff/gradient.ts";
import type { Node } from "../../graph/node.ts";
import { mul } from "../../ops/elementwise.ts";
import { inputNode } from "../../ops/leaf.ts";
import { sum, sumSamples } from "../../ops/reduce.ts";
import { reshape } from "../../ops/shape.ts";
import { uniformNumbers } from "../../ops/testing/values.ts";
import { getActivation } from "../activations/registry.ts";
import { ConfigReader } from "../config-reader.ts";
import { evaluate, largestError, samplesOf } from "../testing/evaluate.ts";
import { binaryCrossentropy } from "./binary-crossentropy.ts";
import { binaryFocalCrossentropy } from "./binary-focal-crossentropy.ts";
import { categoricalCrossentropy } from "./categorical-crossentropy.ts";
import { categoricalFocalCrossentropy } from "./categorical-focal-crossentropy.ts";
import { cosineSimilarity } from "./cosine-similarity.ts";
import { huber } from "./huber.ts";
import { meanSquaredError } from "./mean-squared-error.ts";
import { reduceLoss, reductionFromKeras } from "./reduction.ts";
import { getLoss, losses } from "./registry.ts";
import { sparseCategoricalCrossentropy } from "./sparse-categorical-crossentropy.ts";

const { cases } = readFixture("losses");
const numbered = cases.map((entry, index) => [index, entry.className, entry.config, entry] as const);

describe("Keras's numbers", () => {
  test.each(numbered)("case %i: %s %j", (_, className, config, entry) => {
    const loss = losses.fromConfig(new ConfigReader(className, config));
    const batch = entry.prediction.shape[0]!;
    const target = inputNode("target", entry.target.shape.slice(1));
    const prediction = inputNode("prediction", entry.prediction.shape.slice(1));
    const [sampleShare, sampleWeight] = [inputNode("share", []), inputNode("weight", [])];
    const values = loss.values(target, prediction);
    const total = reduceLoss(values, loss.reduction, { sampleShare, sampleWeight: undefined });
    const [gradient] = gradients(total, [prediction]);
    const weighted = Object.entries(entry.weighted ?? {}).map(
      ([reduction, expected]) =>
        [reduceLoss(values, reductionFromKeras(reduction), { sampleShare, sampleWeight }), expected] as const,
    );
    const feeds = new Map([
      [target, samplesOf(decodeArray(entry.target))],
      [prediction, samplesOf(decodeArray(entry.prediction))],
      [sampleShare, Array.from({ length: batch }, () => Float64Array.of(1 / batch))],
      [sampleWeight, entry.weights ? samplesOf(decodeArray(entry.weights)) : []],
    ]);
    const outputs = [values, total, gradient!, ...weighted.map(([node]) => node)];
    const [each, mean, slopes, ...reduced] = evaluate(outputs, feeds, batch);
    const expected = decodeArray(entry.lossPerSample);
    expect([batch, ...values.type.shape]).toEqual(expected.shape);
    // Keras's float32 leaves 1e-7 of a loss that is nearly 0.
    expect(largestError(each!, expected.data, 1e-2)).toBeLessThan(1e-5);
    expect(largestError(mean!, [entry.meanLoss])).toBeLessThan(1e-5);
    expect(largestError(slopes!, decodeArray(entry.gradient).data)).toBeLessThan(1e-5);
    const expectedOf = weighted.map(([, number]) => number);
    expect(largestError(reduced.flat(), expectedOf)).toBeLessThan(1e-5);
  });
});

describe("central differences", () => {
  const shape = [3, 4];
  const next = uniformNumbers(5, 0.1, 0.9);
  const numbersOf = (length: number): Float64Array => Float64Array.from({ length }, next);
  const classNames = [...new Set(cases.map(({ className }) => className))];
  test.each(classNames)("%s", (className) => {
    const isSparse = className.startsWith("Sparse");
    const loss = losses.get(className);
    const [target, prediction] = [inputNode("target", isSparse ? [3] : shape), inputNode("prediction", shape)];
    const values = loss.values(target, prediction);
    const weights = inputNode("weights", values.type.shape);
    const total = sumSamples(sum(mul(values, weights)));
    const point = numbersOf(12);
    const feeds = new Map([
      [target, [isSparse ? Float64Array.of(3, 0, 1) : numbersOf(12)]],
      [prediction, [point]],
      [weights, [numbersOf(3)]],
    ]);
    const lossAt = (i: number, value: number): number =>
      evaluate([total], new Map([...feeds, [prediction, [point.with(i, value)]]]), 1)[0]![0]!;
    const differences = point.map((p, i) => (lossAt(i, p + 1e-5) - lossAt(i, p - 1e-5)) / 2e-5);
    const [slopes] = evaluate(gradients(total, [prediction]), feeds, 1);
    expect(largestError(slopes!, differences, 1)).toBeLessThan(1e-7);
    expect(slopes!.some((slope) => slope !== 0)).toBe(true);
  });
});

test.each(numbered)("case %i: %s %j is written as Keras writes it", (_, className, config) => {
  const loss = losses.fromConfig(new ConfigReader(className, config));
  const { name, reduction, ...settings } = config;
  expect(losses.toKeras(loss)).toMatchObject({ module: "keras.losses", class_name: className, config: settings });
  expect(Object.keys(loss.config).toSorted()).toEqual(Object.keys(settings).toSorted());
  expect([loss.name, loss.reduction]).toEqual([name, reductionFromKeras(reduction as string)]);
});

describe("probabilities whose logits are known", () => {
  // Real Keras (3.15 on TensorFlow, compiled) gives 200 and 400 for these, not the 16 of clipped probabilities.
  test.each([
    ["sigmoid", binaryCrossentropy(), [0, 1], 200, 16.03],
    ["softmax", categoricalCrossentropy(), [0, 1], 400, 16.118],
    ["softmax", sparseCategoricalCrossentropy(), [1], 400, 16.118],
  ] as const)("%s", (activation, loss, targets, expected, whenClipped) => {
    const logits = inputNode("logits", [2]);
    const target = inputNode("target", [targets.length]);
    const probabilities = getActivation(activation).apply(logits);
    const feeds = new Map([
      [logits, [Float64Array.of(200, -200)]],
      [target, [Float64Array.from(targets)]],
    ]);
    const [[value]] = evaluate([loss.values(target, probabilities)], feeds, 1) as [[number]];
    expect(value).toBeCloseTo(expected, 9);
    const reshaped = reshape(reshape(probabilities, [2, 1]), [2]);
    const [[clipped]] = evaluate([loss.values(target, reshaped)], feeds, 1) as [[number]];
    expect(clipped).toBeCloseTo(whenClipped, 2);
  });
});

test("slopes stay numbers where a prediction is perfect, or a vector is 0", () => {
  const target = inputNode("target", [2]);
  const prediction = inputNode("prediction", [2]);
  const share = inputNode("share", []);
  const slopeOf = (values: Node): Node =>
    gradients(reduceLoss(values, "sumOverBatchSize", { sampleShare: share, sampleWeight: undefined }), [
      prediction,
    ])[0]!;
  const make = [
    binaryFocalCrossentropy({ gamma: 1.5 }),
    binaryFocalCrossentropy({ gamma: 1.3 }),
    categoricalFocalCrossentropy({ gamma: 0.5 }),
    cosineSimilarity(),
  ];
  const feeds = new Map([
    [target, [Float64Array.of(1, 0)]],
    [share, [Float64Array.of(1)]],
  ]);
  for (const point of [Float64Array.of(1, 0), Float64Array.of(0, 0)]) {
    for (const loss of point[0] === 1 ? make : [cosineSimilarity()]) {
      const [slopes] = evaluate(
        [slopeOf(loss.values(target, prediction))],
        new Map([...feeds, [prediction, [point]]]),
        1,
      );
      expect(slopes!.every(Number.isFinite), `${loss.name} at ${point.join(", ")}`).toBe(true);
    }
  }
});

describe("class numbers", () => {
  const prediction = inputNode("prediction", [3]);
  const probabilities = [Float64Array.of(0.2, 0.3, 0.5)];
  const lossOf = (target: number, ignoreClass?: number): number => {
    const node = inputNode("target", []);
    const feeds = new Map([
      [node, [Float64Array.of(target)]],
      [prediction, probabilities],
    ]);
    return evaluate([sparseCategoricalCrossentropy({ ignoreClass }).values(node, prediction)], feeds, 1)[0]![0]!;
  };

  test.each([3, -1, 0.5])("%d is none of three classes, and no loss hides it", (target) => {
    expect(lossOf(target)).toBeNaN();
  });

  test("may be one that is ignored", () => {
    expect(lossOf(7, 7)).toBe(0);
    expect(lossOf(2, 7)).toBeCloseTo(-Math.log(0.5), 12);
  });

  test("are as many as there are positions", () => {
    const image = inputNode("prediction", [2, 2, 3]);
    expect(() => sparseCategoricalCrossentropy().values(inputNode("target", [2, 2, 3]), image)).toThrow(
      "targets of shape [2, 2, 3] and predictions of shape [2, 2, 3] came. For targets with an element for each class",
    );
  });
});

describe("errors", () => {
  test("name both shapes", () => {
    const target = inputNode("target", [3]);
    const prediction = inputNode("prediction", [4]);
    for (const name of ["mse", "huber", "bce", "categorical_crossentropy", "kld", "categorical_hinge", "ssim"]) {
      expect(() => getLoss(name).values(target, prediction), name).toThrow(
        "targets of shape [3] and predictions of shape [4]",
      );
    }
  });

  test("know the usual mistake", () => {
    const [label, prediction] = [inputNode("label", [1]), inputNode("prediction", [10])];
    expect(() => categoricalCrossentropy().values(label, prediction)).toThrow("there are sparse losses and metrics");
  });

  test("tell which settings are possible", () => {
    expect(() => binaryCrossentropy({ labelSmoothing: 2 })).toThrow("between 0 and 1; 2 came");
    expect(() => binaryFocalCrossentropy({ gamma: -1 })).toThrow("a number from 0 on; -1 came");
    expect(() => huber({ delta: 0 })).toThrow("above 0; 0 came");
    const vector = inputNode("vector", [3]);
    expect(() => cosineSimilarity({ axis: 0 }).values(vector, vector)).toThrow(
      "axis 0 is none of a sample of shape [3]",
    );
    expect(() => categoricalFocalCrossentropy({ alpha: [1, 2] }).values(vector, vector)).toThrow("2 numbers as alpha");
    const config = new ConfigReader("BinaryCrossentropy", { axis: 1 });
    expect(() => losses.fromConfig(config)).toThrow('"axis" of BinaryCrossentropy must be -1; 1 came');
  });

  test("suggest the nearest loss", () => {
    expect(() => getLoss("binary_crossentrpy")).toThrow('did you mean "binary_crossentropy"?');
  });
});

test.each(["mse", "MSE", "mean_squared_error", "meanSquaredError", "MeanSquaredError"])("%s is a name", (name) => {
  expect(getLoss(name)).toMatchObject({ name: meanSquaredError().name, className: "MeanSquaredError" });
});

test.each([
  ["KLD", "KLDivergence"],
  ["kl_divergence", "KLDivergence"],
  ["logCosh", "LogCosh"],
  ["sparse_categorical_crossentropy", "SparseCategoricalCrossentropy"],
])("%s is the name of %s", (name, className) => {
  expect(getLoss(name).className).toBe(className);
});

test("a function is a loss", () => {
  const loss = getLoss(function huge(target) {
    return target;
  });
  const target = inputNode("target", []);
  expect(loss.name).toBe("huge");
  expect(loss.values(target, target)).toBe(target);
});

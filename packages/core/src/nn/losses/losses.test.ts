import { describe, expect, test } from "vitest";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import { gradients } from "../../autodiff/gradient.ts";
import { mul } from "../../ops/elementwise.ts";
import { inputNode } from "../../ops/leaf.ts";
import { mean, sumSamples } from "../../ops/reduce.ts";
import { reshape } from "../../ops/shape.ts";
import { getActivation } from "../activations/registry.ts";
import { evaluate, largestError, samplesOf } from "../testing/evaluate.ts";
import { binaryCrossentropy } from "./binary-crossentropy.ts";
import { categoricalCrossentropy } from "./categorical-crossentropy.ts";
import type { Loss } from "./loss.ts";
import { meanAbsoluteError } from "./mean-absolute-error.ts";
import { meanSquaredError } from "./mean-squared-error.ts";
import { getLoss } from "./registry.ts";

type Config = Readonly<{ from_logits?: boolean; label_smoothing?: number }>;

const MAKE: Readonly<Record<string, (config: Config) => Loss>> = {
  mse: () => meanSquaredError(),
  mae: () => meanAbsoluteError(),
  binary_crossentropy: ({ from_logits: fromLogits = false }) => binaryCrossentropy({ fromLogits }),
  categorical_crossentropy: ({ from_logits: fromLogits = false }) => categoricalCrossentropy({ fromLogits }),
};

describe("Keras's numbers", () => {
  const { cases } = readFixture("losses");
  test.each(cases.map((entry, index) => [index, entry.name, entry.config, entry] as const))(
    "case %i: %s %j",
    (_, name, config, entry) => {
      const shape = entry.target.shape.slice(1);
      const batch = entry.target.shape[0]!;
      const target = inputNode("target", shape);
      const prediction = inputNode("prediction", shape);
      const perSample = mean(MAKE[name]!(config).values(target, prediction));
      const [gradient] = gradients(sumSamples(mul(perSample, 1 / batch)), [prediction]);
      const feeds = new Map([
        [target, samplesOf(decodeArray(entry.target))],
        [prediction, samplesOf(decodeArray(entry.prediction))],
      ]);
      const [losses, slopes] = evaluate([perSample, gradient!], feeds, batch);
      // Keras's values per sample keep the axes before the last.
      const expected = samplesOf(decodeArray(entry.lossPerSample)).map(
        (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
      );
      expect(perSample.type.shape).toEqual([]);
      expect(largestError(losses!, expected)).toBeLessThan(1e-5);
      expect(largestError([losses!.reduce((a, b) => a + b) / batch], [entry.meanLoss])).toBeLessThan(1e-5);
      expect(largestError(slopes!, decodeArray(entry.gradient).data)).toBeLessThan(1e-5);
    },
  );
});

describe("probabilities whose logits are known", () => {
  // Real Keras (3.15 on TensorFlow, compiled) gives 200 and 400 for these, not the 16 of clipped probabilities.
  test.each([
    ["sigmoid", binaryCrossentropy(), 200, 16.03],
    ["softmax", categoricalCrossentropy(), 400, 16.118],
  ] as const)("%s", (activation, loss, expected, whenClipped) => {
    const logits = inputNode("logits", [2]);
    const target = inputNode("target", [2]);
    const probabilities = getActivation(activation).apply(logits);
    const feeds = new Map([
      [logits, [Float64Array.of(200, -200)]],
      [target, [Float64Array.of(0, 1)]],
    ]);
    const [[value]] = evaluate([loss.values(target, probabilities)], feeds, 1) as [[number]];
    expect(value).toBeCloseTo(expected, 9);
    const reshaped = reshape(reshape(probabilities, [2, 1]), [2]);
    const [[clipped]] = evaluate([loss.values(target, reshaped)], feeds, 1) as [[number]];
    expect(clipped).toBeCloseTo(whenClipped, 2);
  });
});

test("label smoothing moves targets towards indifference", () => {
  const shape = [4];
  const [target, smoothed, prediction] = ["target", "smoothed", "prediction"].map((name) => inputNode(name, shape));
  const feeds = new Map([
    [target!, [Float64Array.of(0, 1, 0, 0)]],
    [prediction!, [Float64Array.of(0.1, 0.6, 0.2, 0.1)]],
  ]);
  for (const [make, values] of [
    [binaryCrossentropy, [0.1, 0.9, 0.1, 0.1]],
    [categoricalCrossentropy, [0.05, 0.85, 0.05, 0.05]],
  ] as const) {
    const outputs = [make({ labelSmoothing: 0.2 }).values(target!, prediction!), make().values(smoothed!, prediction!)];
    const [actual, expected] = evaluate(outputs, new Map([...feeds, [smoothed!, [Float64Array.from(values)]]]), 1);
    expect(actual![0]).toBeCloseTo(expected![0]!, 12);
  }
});

describe("errors", () => {
  test("name both shapes", () => {
    const target = inputNode("target", [3]);
    const prediction = inputNode("prediction", [4]);
    for (const make of Object.values(MAKE)) {
      expect(() => make({}).values(target, prediction)).toThrow("targets of shape [3] and predictions of shape [4]");
    }
  });

  test("suggest the nearest loss", () => {
    expect(() => getLoss("binary_crossentrpy")).toThrow('did you mean "binary_crossentropy"?');
    expect(() => binaryCrossentropy({ labelSmoothing: 2 })).toThrow("2 came");
  });
});

test.each(["mse", "MSE", "mean_squared_error", "meanSquaredError", "MeanSquaredError"])("%s is a name", (name) => {
  expect(getLoss(name).name).toBe("mean_squared_error");
});

test("a function is a loss", () => {
  const loss = getLoss(function huge(target) {
    return target;
  });
  const target = inputNode("target", []);
  expect(loss.name).toBe("huge");
  expect(loss.values(target, target)).toBe(target);
});

import { describe, expect, test } from "vitest";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import { inputNode } from "../../ops/leaf.ts";
import { ConfigReader } from "../config-reader.ts";
import { largestError, samplesOf } from "../testing/evaluate.ts";
import { auc } from "./auc.ts";
import {
  accuracy,
  f1Score,
  fBetaScore,
  meanIou,
  precision,
  psnr,
  r2Score,
  recall,
  ssim,
  topKCategoricalAccuracy,
  truePositives,
} from "./index.ts";
import type { Metric } from "./metric.ts";
import { getMetric, getMetrics, metrics } from "./registry.ts";
import { figuresOf } from "./testing/figures-of.ts";

/** Of vectors without weights, in one batch. */
function figureOf(metric: Metric, targets: readonly number[][], predictions: readonly number[][]): number {
  const rows = (lists: readonly number[][]): Float64Array[] => lists.map((row) => Float64Array.from(row));
  const shapes = [[targets[0]!.length], [predictions[0]!.length]] as const;
  return figuresOf(metric, shapes, [{ target: rows(targets), prediction: rows(predictions) }])[0]!;
}

const { cases } = readFixture("metrics");
const numbered = cases.map((entry, index) => [index, entry.className, entry.config, entry] as const);

describe("Keras's numbers", () => {
  test.each(numbered)("case %i: %s %j", (_, className, config, { batches, result, weighted }) => {
    const metric = metrics.fromConfig(new ConfigReader(className, config));
    const { target, prediction } = batches[0]!;
    const shapes = [target.shape.slice(1), prediction.shape.slice(1)] as const;
    const decoded = batches.map((batch) => ({
      target: samplesOf(decodeArray(batch.target)),
      prediction: samplesOf(decodeArray(batch.prediction)),
      weights: samplesOf(decodeArray(batch.weights)),
    }));
    const unweighted = decoded.map((batch) => ({ ...batch, weights: undefined }));
    expect(largestError(figuresOf(metric, shapes, unweighted), [result].flat())).toBeLessThan(1e-5);
    expect(largestError(figuresOf(metric, shapes, decoded), [weighted].flat())).toBeLessThan(1e-5);
  });
});

test.each(numbered)("case %i: %s %j is written as Keras writes it", (_, className, config) => {
  const metric = metrics.fromConfig(new ConfigReader(className, config));
  const { name, ...settings } = config;
  expect(metrics.toKeras(metric)).toMatchObject({ module: "keras.metrics", class_name: className, config: settings });
  expect(metric.config).toEqual(settings);
  expect(metric.name).toBe(name);
});

describe("accuracy", () => {
  test("of one output compares with one half", () => {
    expect(figureOf(accuracy(), [[1], [0], [1], [0]], [[0.9], [0.6], [0.5], [0.1]])).toBe(0.5);
  });

  test("of several classes compares the largest, the first of equals as argmax does", () => {
    const targets = [
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ];
    const predictions = [
      [0.1, 0.2, 0.7],
      [0.1, 0.2, 0.7],
      [0.4, 0.4, 0.2],
      [-5, -3, -4],
    ];
    expect(figureOf(accuracy(), targets, predictions)).toBe(0.5);
  });

  test("takes class numbers as targets", () => {
    expect(figureOf(accuracy(), [[2], [1]], [[0.1, 0.2, 0.7], [0.5, 0.3, 0.2]])).toBe(0.5); // prettier-ignore
  });
});

describe("similarity of images", () => {
  const fixture = readFixture("image-similarity");
  test.each(fixture.cases.map((entry, index) => [index, entry] as const))(
    "case %i: TensorFlow's numbers",
    (_, entry) => {
      const [target, prediction] = [samplesOf(decodeArray(entry.target)), samplesOf(decodeArray(entry.prediction))];
      const shape = entry.target.shape.slice(1);
      for (const [metric, expected] of [
        [psnr(entry.settings), entry.psnr],
        [ssim(entry.settings), entry.ssim],
      ] as const) {
        const { data } = decodeArray(expected);
        const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
        const [figure] = figuresOf(metric, [shape, shape], [{ target, prediction }]);
        expect(largestError([figure!], [mean]), metric.name).toBeLessThan(1e-5);
      }
    },
  );

  test("an image that is reproduced exactly has no noise", () => {
    const rows = [[0, 0.5, 1, 0.25]];
    expect(figureOf(psnr(), rows, rows)).toBe(Infinity);
    expect(figureOf(psnr(), [...rows, [0, 0, 0, 0]], [[0.5, 0, 0, 0], [0, 0.2, 0, 0]])).toBeLessThan(30); // prettier-ignore
  });
});

test("nothing to measure gives 0", () => {
  const none = { target: [Float64Array.of(1)], prediction: [Float64Array.of(1)], weights: [Float64Array.of(0)] };
  for (const metric of [accuracy(), precision(), recall(), auc()]) {
    expect(figuresOf(metric, [[1], [1]], [none]), metric.name).toEqual([0]);
  }
});

describe("names", () => {
  test("losses are metrics, under the name that was used", () => {
    expect(getMetric("huber")).toMatchObject({ name: "huber", better: "smaller" });
    expect(getMetric("acc")).toMatchObject({ name: "acc", better: "larger" });
    expect(() => getMetric("acuracy")).toThrow('unknown metric "acuracy"; did you mean "accuracy"?');
  });

  test.each([
    ["mse", "MeanSquaredError", "smaller"],
    ["AUC", "AUC", "larger"],
    ["f1_score", "F1Score", "larger"],
    ["cosine_similarity", "CosineSimilarity", "larger"],
    ["topKCategoricalAccuracy", "TopKCategoricalAccuracy", "larger"],
    ["psnr", "Custom", "larger"],
  ])("%s is the name of %s", (name, className, better) => {
    expect(getMetric(name)).toMatchObject({ name, className, better });
  });

  test("the second metric of a name gets a number", () => {
    const named = getMetrics([precision({ classId: 0 }), "mse", precision({ classId: 1 }), "precision"]);
    expect(named.map(({ name }) => name)).toEqual(["precision", "mse", "precision_1", "precision_2"]);
  });
});

describe("errors", () => {
  test("tell which settings are possible", () => {
    expect(() => precision({ thresholds: [0.5, 2] })).toThrow(
      "thresholds of precision must lie between 0 and 1; [0.5,2]",
    );
    expect(() => truePositives({ thresholds: [] })).toThrow("must lie between 0 and 1; [] came");
    expect(() => recall({ topK: 0 })).toThrow("recall takes a whole number of classes from 1 on; 0 came");
    expect(() => topKCategoricalAccuracy({ k: 1.5 })).toThrow("1.5 came");
    expect(() => auc({ numThresholds: 1 })).toThrow("a whole number from 2 on; 1 came");
    expect(() => f1Score({ threshold: 0 })).toThrow("above 0 and at most 1; 0 came");
    expect(() => fBetaScore({ beta: 0 })).toThrow("above 0; 0 came");
    expect(() => meanIou(0)).toThrow("a whole number from 1 on; 0 came");
    expect(() => metrics.fromConfig(new ConfigReader("AUC", { curve: "PRGAIN" }))).toThrow(
      '"curve" of AUC must be one of ROC, PR; "PRGAIN" came',
    );
  });

  test("tell which shapes do not fit", () => {
    const [vector, image] = [inputNode("vector", [3]), inputNode("image", [2, 2, 3])];
    for (const name of ["precision", "auc", "f1_score", "r2_score", "binary_accuracy", "rmse", "psnr"]) {
      const metric = name === "rmse" ? getMetric("root_mean_squared_error") : getMetric(name);
      expect(() => metric.contributions(vector, image), name).toThrow(
        "targets of shape [3] and predictions of shape [2, 2, 3]",
      );
    }
    expect(() => precision({ classId: 3 }).contributions(vector, vector)).toThrow(
      "targets of shape [3] have 3 classes",
    );
    expect(() => precision({ topK: 4 }).contributions(vector, vector)).toThrow("the 4 largest of 3 classes");
    expect(() => auc({ multiLabel: true }).contributions(image, image)).toThrow("takes a vector of labels");
    expect(() => f1Score().contributions(image, image)).toThrow("a vector with an element for each class");
    expect(() => r2Score().contributions(image, image)).toThrow("takes vectors");
    expect(() => meanIou(3).contributions(vector, image)).toThrow("targets for 3 and predictions for 12 positions");
  });
});

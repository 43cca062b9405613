import { describe, expect, test } from "vitest";
import { readCases } from "../../../../../../fixtures/classify/read.ts";
import {
  accuracy,
  balancedAccuracy,
  binaryFigures,
  classReport,
  cohensKappa,
  confusionMatrix,
  decideByThreshold,
  matthewsCorrelation,
  predictedClasses,
} from "./index.ts";

/** Both sides add the same few numbers in float64. */
const DIGITS = 12;

describe.each(readCases("decisions"))("as scikit-learn: $name", (fixture) => {
  const matrix = confusionMatrix(fixture.labels, fixture.predictions, fixture.numClasses);

  test("confusion matrix", () => {
    expect(matrix.counts).toEqual(fixture.confusion);
    expect(matrix.support).toEqual(fixture.support);
    expect(matrix.total).toBe(fixture.labels.length);
  });

  test("figures of classes and their means", () => {
    const { classes, macro, weighted } = classReport(matrix);
    for (const name of ["precision", "recall", "f1"] as const) {
      for (const [index, figures] of classes.entries()) {
        expect(figures[name]).toBeCloseTo(fixture[name][index] as number, DIGITS);
      }
      expect(macro[name]).toBeCloseTo(fixture.macro[name], DIGITS);
      expect(weighted[name]).toBeCloseTo(fixture.weighted[name], DIGITS);
    }
  });

  test("single figures", () => {
    expect(accuracy(matrix)).toBeCloseTo(fixture.accuracy, DIGITS);
    expect(balancedAccuracy(matrix)).toBeCloseTo(fixture.balancedAccuracy, DIGITS);
    expect(matthewsCorrelation(matrix)).toBeCloseTo(fixture.matthews, DIGITS);
    expect(cohensKappa(matrix)).toBeCloseTo(fixture.kappa, DIGITS);
  });
});

test("where all labels and predictions are of one class, correlations say nothing", () => {
  const matrix = confusionMatrix([1, 1], [1, 1], 2);
  expect(matthewsCorrelation(matrix)).toBe(0);
  expect(cohensKappa(matrix)).toBeNaN();
  expect(classReport(matrix).classes[0]).toEqual({ precision: 0, recall: 0, f1: 0, support: 0, predicted: 0 });
});

test("a test's worth, with intervals", () => {
  // 5 positives, of which 4 are found; 4 negatives, of which 1 is taken for a positive.
  const figures = binaryFigures([1, 1, 1, 1, 1, 0, 0, 0, 0], [1, 1, 1, 1, 0, 1, 0, 0, 0]);
  expect(figures).toMatchObject({
    truePositives: 4,
    falsePositives: 1,
    trueNegatives: 3,
    falseNegatives: 1,
    accuracy: { hits: 7, of: 9 },
    sensitivity: { value: 0.8, hits: 4, of: 5 },
    specificity: { value: 0.75, hits: 3, of: 4 },
    positivePredictiveValue: { value: 0.8, hits: 4, of: 5 },
    negativePredictiveValue: { value: 0.75, hits: 3, of: 4 },
  });
  // Wilson's, by hand: (0.8 + z²/10 ∓ z √(0.032 + z²/100)) / (1 + z²/5) with z = 1.959964.
  expect(figures.sensitivity?.low).toBeCloseTo(0.37553, 5);
  expect(figures.sensitivity?.high).toBeCloseTo(0.96378, 5);
  const { specificity, positivePredictiveValue } = binaryFigures([1, 1], [0, 0]);
  expect([specificity, positivePredictiveValue]).toEqual([undefined, undefined]);
});

test("decisions", () => {
  expect([...predictedClasses([0.2, 0.5, 0.3, 0.4, 0.2, 0.4], 3)]).toEqual([1, 0]);
  expect([...decideByThreshold([0.49, 0.5, 0.51], 0.5)]).toEqual([0, 1, 1]);
});

test("errors", () => {
  expect(() => confusionMatrix([0, 1], [0], 2)).toThrow("2 labels and predictions of 1 sample came");
  expect(() => confusionMatrix([0, 1.5], [0, 1], 2)).toThrow("the labels hold 1.5 for sample 1");
  expect(() => confusionMatrix([0, 1], [0, 2], 2)).toThrow("the predictions hold 2 for sample 1");
  expect(() => confusionMatrix([], [], 2)).toThrow("no labels came");
  expect(() => confusionMatrix([0], [0], 1)).toThrow("there are 1 classes; expected a whole number from 2 on");
  expect(() => binaryFigures([0, 2], [0, 1])).toThrow("from 0 to 1");
});

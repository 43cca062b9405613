import { describe, expect, test } from "vitest";
import { readCases } from "../../../../../../fixtures/classify/read.ts";
import {
  bothClasses,
  brierScore,
  calibrationFigures,
  confidenceReliability,
  fitTemperature,
  logitsOf,
  logLoss,
  predictedClasses,
  probabilitiesAt,
  reliability,
  scoresOfClass,
} from "./index.ts";

describe.each(readCases("calibration"))("as scikit-learn and SciPy: $name", (fixture) => {
  const { labels, logits, numClasses, temperature } = fixture;

  test("the temperature that minimizes the log loss", () => {
    // SciPy's minimizer compares values of the loss, which are flat to 1e-16 at 1e-8 around the minimum.
    expect(fitTemperature(labels, logits, numClasses) / temperature).toBeCloseTo(1, 6);
  });

  test.each(["before", "after"] as const)("figures %s", (when) => {
    const expected = fixture[when];
    const probabilities = probabilitiesAt(when === "before" ? 1 : temperature, logits, numClasses);
    for (const [index, value] of expected.probabilities.entries()) expect(probabilities[index]).toBeCloseTo(value, 6);
    const given = Float32Array.from(expected.probabilities);
    const figures = calibrationFigures(labels, given, numClasses, { bins: 5 });
    // scikit-learn computes the log loss in float32.
    expect(figures.logLoss).toBeCloseTo(expected.logLoss, 6);
    // Its probabilities are scaled to add up to 1, which moves them by a rounding of float32.
    expect(figures.brierScore).toBeCloseTo(expected.brierScore, 6);
    expect(figures.reliability.expectedCalibrationError).toBeCloseTo(expected.expectedCalibrationError, 12);
    for (const [equal, strategy] of [
      ["width", "uniform"],
      ["count", "quantile"],
    ] as const) {
      const { bins } = confidenceReliability(labels, given, numClasses, { bins: 5, equal });
      expect(bins.map(({ frequency }) => frequency)).toEqual(expected.bins[strategy].frequency.map(close));
      expect(bins.map(({ probability }) => probability)).toEqual(expected.bins[strategy].probability.map(close));
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(labels.length);
    }
  });

  test("scaling changes no decision, and helps", () => {
    const [before, after] = [probabilitiesAt(1, logits, numClasses), probabilitiesAt(temperature, logits, numClasses)];
    expect(predictedClasses(after, numClasses)).toEqual(predictedClasses(before, numClasses));
    expect(logLoss(labels, after, numClasses)).toBeLessThan(logLoss(labels, before, numClasses));
  });

  test("probabilities are as good as logits", () => {
    const back = logitsOf(probabilitiesAt(1, logits, numClasses), numClasses);
    expect(fitTemperature(labels, back, numClasses) / temperature).toBeCloseTo(1, 4);
  });
});

function close(value: number): unknown {
  return expect.closeTo(value, 12);
}

test("one score a sample is that of class 1", () => {
  const fixture = readCases("calibration").find(({ numClasses }) => numClasses === 2);
  if (fixture === undefined) throw new Error("there is a case of two classes");
  const { labels, logits, temperature } = fixture;
  const differences = Float64Array.from(
    labels,
    (_, sample) => (logits[2 * sample + 1] ?? 0) - (logits[2 * sample] ?? 0),
  );
  expect(fitTemperature(labels, differences, 2)).toBeCloseTo(temperature, 6);
  const positive = probabilitiesAt(1, differences, 1);
  const both = probabilitiesAt(1, logits, 2);
  expect(positive).toEqual(Float32Array.from(scoresOfClass(both, 2, 1)));
  // 1 − p of p in float32 is known to 3e-8, which counts most in the logarithm of the smallest: here, about 1e-3.
  for (const figure of [brierScore, logLoss]) {
    expect(figure(labels, positive, 2)).toBeCloseTo(figure(labels, both, 2), 5);
  }
  // What is rounded to 1 leaves class 0 half a rounding, so that both ways lead to the same logit.
  expect([...bothClasses([0.25, 1, 0])]).toEqual([0.75, 0.25, 2 ** -25, 1, 1, 0]);
  const [least = NaN, most = NaN] = logitsOf(bothClasses([1]), 2);
  expect(most - least).toBe(logitsOf([1], 1)[0]);
  const logit = logitsOf(Float32Array.of(0.75, 1, 0), 1);
  expect(logit[0]).toBeCloseTo(Math.log(3), 6);
  expect(logit.every(Number.isFinite)).toBe(true);
});

test("temperatures stay within bounds", () => {
  expect(fitTemperature([0, 1], [3, 0, 0, 3], 2)).toBe(0.01);
  expect(fitTemperature([1, 0], [3, 0, 0, 3], 2)).toBe(100);
});

test("Platt's targets keep a doubt where all answers are right, the smaller the more samples there are", () => {
  // n samples of each class, with logits ±a: the probability that Platt asks for is (n + 1) / (n + 2) = sigmoid(2a / T).
  for (const n of [1, 20, 500]) {
    const labels = Uint8Array.from({ length: 2 * n }, (_, sample) => sample % 2);
    const logits = Float64Array.from({ length: 4 * n }, (_, place) => (place % 4 === 0 || place % 4 === 3 ? 6 : -6));
    const temperature = fitTemperature(labels, logits, 2, { targets: "platt" });
    expect(12 / temperature).toBeCloseTo(Math.log(n + 1), 8);
    const single = Float64Array.from({ length: 2 * n }, (_, sample) => (sample % 2 === 1 ? 12 : -12));
    expect(fitTemperature(labels, single, 2, { targets: "platt" })).toBeCloseTo(temperature, 8);
  }
  // Of three classes, the two others share the rest.
  const three = fitTemperature([0, 1, 2], [4, 0, 0, 0, 4, 0, 0, 0, 4], 3, { targets: "platt" });
  expect(2 * Math.exp(-4 / three)).toBeCloseTo(0.5, 8);
});

test("an edge belongs to the bin below, and what is counted by hand", () => {
  const { bins, expectedCalibrationError, maximumCalibrationError } = reliability([0, 1, 1, 0], [0.5, 0.4, 0.9, 1], {
    bins: 2,
  });
  expect(bins).toEqual([
    { low: 0, high: 0.5, count: 2, probability: 0.45, frequency: 0.5 },
    { low: 0.5, high: 1, count: 2, probability: 0.95, frequency: 0.5 },
  ]);
  expect(expectedCalibrationError).toBeCloseTo((0.05 + 0.45) / 2, 12);
  expect(maximumCalibrationError).toBeCloseTo(0.45, 12);
});

test("errors", () => {
  expect(() => reliability([0, 1], [0.5], {})).toThrow("2 labels and probabilities of 1 sample came");
  expect(() => reliability([0, 1], [0.5, 0.6], { bins: 0 })).toThrow("0 bins came");
  expect(() => logLoss([0, 1], [0.5, 3], 2)).toThrow("sample 1 has the probability 3; expected numbers from 0 to 1");
  expect(() => brierScore([0, 1], [0.5, 0.5, 0.5], 2)).toThrow(
    "3 scores came for 2 samples; expected one or two for each",
  );
  expect(() => fitTemperature([0, 1], [0, Number.POSITIVE_INFINITY], 2)).toThrow(
    "the logits of sample 1 hold Infinity",
  );
  expect(() => probabilitiesAt(0, [1], 1)).toThrow("the temperature is 0");
});

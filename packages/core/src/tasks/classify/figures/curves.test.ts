import { describe, expect, test } from "vitest";
import { readCases } from "../../../../../../fixtures/classify/read.ts";
import { RandomStream } from "../../../data/random-stream.ts";
import {
  areaInterval,
  areaUnderRoc,
  averagePrecision,
  bootstrapInterval,
  oneVersusRest,
  precisionRecallCurve,
  rocCurve,
} from "./index.ts";

const DIGITS = 12;

/** The first threshold is infinite. */
function closeTo(value: number): unknown {
  return Number.isFinite(value) ? expect.closeTo(value, DIGITS) : value;
}

function expectAllClose(actual: Float64Array, expected: readonly number[]): void {
  expect([...actual]).toEqual(expected.map(closeTo));
}

describe.each(readCases("curves"))("as scikit-learn: $name", ({ labels, scores, ...expected }) => {
  test("ROC curve and the area under it", () => {
    for (const [curve, dropIntermediate] of [[expected.roc, true] as const, [expected.allRoc, false] as const]) {
      const came = rocCurve(labels, scores, { dropIntermediate });
      for (const name of ["falsePositiveRate", "truePositiveRate", "thresholds"] as const) {
        expectAllClose(came[name], curve[name]);
      }
    }
    expect(areaUnderRoc(labels, scores)).toBeCloseTo(expected.areaUnderRoc, DIGITS);
  });

  test("precision-recall curve and average precision", () => {
    const came = precisionRecallCurve(labels, scores);
    for (const name of ["precision", "recall", "thresholds"] as const) {
      expectAllClose(came[name], expected.precisionRecall[name]);
    }
    expect(averagePrecision(labels, scores)).toBeCloseTo(expected.averagePrecision, DIGITS);
  });

  test("DeLong's interval, from the matrix of all pairs", () => {
    const came = areaInterval(labels, scores, { confidence: 0.9 });
    const isPoint = [0, 1].includes(expected.areaInterval.value) && expected.areaInterval.standardError === 0;
    expect(came.method).toBe(isPoint ? "disjoint pairs" : "DeLong");
    for (const name of ["value", "standardError", ...(isPoint ? [] : (["low", "high"] as const))] as const) {
      expect(came[name]).toBeCloseTo(expected.areaInterval[name], 10);
    }
  });
});

test("the interval of an area of 1 is no single point: it is that of disjoint pairs", () => {
  const labels = [0, 0, 0, 0, 1, 1, 1];
  const perfect = areaInterval(labels, [1, 2, 3, 4, 5, 6, 7]);
  // Three pairs in the right order, each with probability A: A³ = 0.025.
  expect(perfect).toMatchObject({ value: 1, standardError: 0, method: "disjoint pairs", high: 1 });
  expect(perfect.low).toBeCloseTo(Math.cbrt(0.025), 12);
  const { low, high } = areaInterval(labels, [7, 6, 5, 4, 3, 2, 1], { confidence: 0.9 });
  expect([low, high]).toEqual([0, expect.closeTo(1 - Math.cbrt(0.05), 12)]);
  expect(areaInterval(labels, [1, 2, 3, 5, 4, 6, 7]).method).toBe("DeLong");
});

test("several classes, each against the others", () => {
  for (const { labels, scores, ...expected } of readCases("several-classes")) {
    const came = oneVersusRest(labels, scores, 3);
    for (const name of ["areaUnderRoc", "averagePrecision"] as const) {
      for (const [index, figures] of came.classes.entries()) {
        expect(figures[name]).toBeCloseTo(expected[name][index] as number, DIGITS);
      }
      expect(came[name]).toBeCloseTo(expected[name].reduce((sum, value) => sum + value, 0) / 3, DIGITS);
    }
  }
  // A class without samples has no figures, and does not count in the means.
  const { classes, areaUnderRoc: mean } = oneVersusRest([0, 1], [0.6, 0.3, 0.1, 0.2, 0.7, 0.1], 3);
  expect(classes[2]).toEqual({ areaUnderRoc: undefined, averagePrecision: undefined });
  expect(mean).toBe(1);
});

test("the bootstrap's interval of a mean is the normal one, and its seed says which", () => {
  const random = new RandomStream(8);
  const values = Float64Array.from({ length: 400 }, () => random.uniform(0, 1));
  const mean = (numbers: Uint32Array): number =>
    numbers.reduce((sum, number) => sum + (values[number] as number), 0) / numbers.length;
  const interval = bootstrapInterval(400, mean, { seed: 2, draws: 2000 });
  // The standard error of the mean of 400 even numbers is √(1/12/400) = 0.01443; of 2,000 draws, an end is known to about 0.001.
  expect(interval.value - interval.low).toBeCloseTo(1.96 * 0.01443, 2);
  expect(interval.high - interval.value).toBeCloseTo(1.96 * 0.01443, 2);
  expect(Math.abs(interval.high - interval.low - 2 * 1.96 * 0.01443)).toBeLessThan(0.004);
  expect(bootstrapInterval(400, mean, { seed: 2, draws: 2000 })).toEqual(interval);
  expect(bootstrapInterval(400, mean, { seed: 3, draws: 2000 })).not.toEqual(interval);
  // Draws without a figure are left out, and counted.
  const some = bootstrapInterval(2, ([first, second]) => (first === second ? NaN : 1), { draws: 100 });
  expect(some).toMatchObject({ low: 1, high: 1 });
  expect(some.draws).toBeGreaterThan(30);
  expect(some.draws).toBeLessThan(70);
});

test("errors", () => {
  expect(() => areaUnderRoc([1, 1], [0.1, 0.2])).toThrow(
    "needs samples of both classes; 2 positive and 0 negative ones came",
  );
  expect(() => averagePrecision([0, 0], [0.1, 0.2])).toThrow("needs positive samples; none and 2 negative ones came");
  expect(() => rocCurve([0, 1], [0.1, NaN])).toThrow("the score of sample 1 is NaN");
  expect(() => rocCurve([0, 1], [0.1])).toThrow("2 labels and scores of 1 sample came");
  expect(() => areaInterval([0, 1], [0.1, 0.2])).toThrow("needs two samples of each class");
  expect(() => areaInterval([0, 0, 1, 1], [0, 1, 2, 3], { confidence: 95 })).toThrow("the confidence is 95");
  expect(() => oneVersusRest([0, 1], [0.5, 0.5], 2)).toThrow("expected 2 for each");
  expect(() => bootstrapInterval(0, () => 1)).toThrow("a bootstrap of 0 samples");
  expect(() => bootstrapInterval(3, () => NaN, { draws: 5 })).toThrow("none of 5 draws of 3 samples has a figure");
});

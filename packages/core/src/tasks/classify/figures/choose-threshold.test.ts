import { expect, test } from "vitest";
import { RandomStream } from "../../../data/random-stream.ts";
import { binaryFigures, chooseThreshold, decideByThreshold } from "./index.ts";
import type { ThresholdRule } from "./index.ts";

const labels = [0, 0, 1, 0, 1, 0, 1, 1];
const scores = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

test.each<[ThresholdRule, object]>([
  // From 0.5 on: 3 of 4 positives, 1 alarm; from 0.7 on: 2 and none; from 0.3 on: 4 and 2.
  [{ kind: "f1" }, { threshold: 0.25, sensitivity: 1, specificity: 0.5, precision: 2 / 3, f1: 0.8, ties: 1 }],
  // 0.5 everywhere: the one that finds the most positives is taken.
  [{ kind: "youden" }, { threshold: 0.25, sensitivity: 1, specificity: 0.5, ties: 3 }],
  [
    { kind: "sensitivity", atLeast: 0.7 },
    { threshold: 0.45, sensitivity: 0.75, specificity: 0.75, ties: 1 },
  ],
  [
    { kind: "specificity", atLeast: 0.9 },
    { threshold: 0.65, sensitivity: 0.5, specificity: 1, ties: 1 },
  ],
])("%j", (rule, expected) => {
  const chosen = chooseThreshold(labels, scores, rule);
  expect(chosen.rule).toEqual(rule);
  for (const [name, value] of Object.entries(expected)) {
    expect(chosen[name as "threshold"], name).toBeCloseTo(value as number, 12);
  }
});

test("no threshold is better by its rule, and its figures are those of its decisions", () => {
  const random = new RandomStream(5);
  const many = Array.from({ length: 200 }, () => (random.chance(0.3) ? 1 : 0));
  const noisy = Float32Array.from(many, (label) => Math.round(20 * (random.uniform(0, 1) + 0.4 * label)) / 20);
  const worth = (threshold: number): Record<"f1" | "youden" | "sensitivity" | "specificity", number> => {
    const figures = binaryFigures(many, decideByThreshold(noisy, threshold));
    const [sensitivity, specificity] = [figures.sensitivity?.value ?? 0, figures.specificity?.value ?? 0];
    const { truePositives, falsePositives, falseNegatives } = figures;
    const f1 = (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
    return { f1, youden: sensitivity + specificity - 1, sensitivity, specificity };
  };
  for (const kind of ["f1", "youden"] as const) {
    const chosen = chooseThreshold(many, noisy, { kind });
    const own = worth(chosen.threshold);
    for (const name of ["f1", "sensitivity", "specificity"] as const) expect(own[name]).toBeCloseTo(chosen[name], 12);
    for (const other of noisy) expect(worth(other)[kind]).toBeLessThanOrEqual(own[kind] + 1e-12);
  }
  for (const [kind, other] of [
    ["sensitivity", "specificity"],
    ["specificity", "sensitivity"],
  ] as const) {
    const { threshold } = chooseThreshold(many, noisy, { kind, atLeast: 0.8 });
    const own = worth(threshold);
    expect(own[kind]).toBeGreaterThanOrEqual(0.8);
    const allowed = [...noisy].map(worth).filter((figures) => figures[kind] >= 0.8);
    expect(Math.max(...allowed.map((figures) => figures[other]))).toBe(own[other]);
  }
});

test("scores without a middle are thresholds themselves", () => {
  const next = 1 + Number.EPSILON;
  expect(chooseThreshold([0, 1], [1, next], { kind: "f1" }).threshold).toBe(next);
  expect(chooseThreshold([0, 1], [Number.NEGATIVE_INFINITY, 3], { kind: "f1" }).threshold).toBe(3);
  expect(chooseThreshold([0, 1], [0.5, 0.5], { kind: "f1" }).threshold).toBe(0.5);
});

test("errors", () => {
  const required = (atLeast: number): ThresholdRule => ({ kind: "specificity", atLeast });
  expect(() => chooseThreshold([1, 1], [0, 1], { kind: "f1" })).toThrow("needs samples of both classes");
  expect(() => chooseThreshold(labels, scores, { kind: "sensitivity", atLeast: 95 })).toThrow(
    "a sensitivity of at least 95 is required",
  );
  // The two highest scores are negatives': of four, at most three can be left alone.
  expect(() => chooseThreshold([0, 0, 1, 0, 0], [0.1, 0.2, 0.3, 0.8, 0.9], required(0.9))).toThrow(
    /no threshold has a specificity of 0.9 and calls any sample positive: .* the most that can be reached is 0.75/,
  );
});

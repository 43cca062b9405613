import { describe, expect, test } from "vitest";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import { ConfigReader } from "../config-reader.ts";
import { largestError } from "../testing/evaluate.ts";
import {
  cosineDecay,
  cosineDecayRestarts,
  exponentialDecay,
  inverseTimeDecay,
  piecewiseConstantDecay,
  polynomialDecay,
} from "./index.ts";
import type { LearningRateSchedule } from "./index.ts";
import { schedules } from "./registry.ts";

const fixture = readFixture("schedules");

describe("Keras's learning rates", () => {
  const cases = fixture.cases.map((entry) => [entry.className, JSON.stringify(entry.config), entry] as const);

  test.each(cases)("%s %s", (className, _, { config, rates }) => {
    const schedule = schedules.fromConfig(new ConfigReader(className, config));
    const actual = fixture.steps.map((step) => schedule.learningRateAt(step));
    // Below half a unit of float32's last place: the same bits, except where TensorFlow takes the smallest numbers for 0.
    expect(largestError(actual, decodeArray(rates).data, 1e-30)).toBeLessThan(1e-8);
    expect(schedule.config).toEqual(config);
  });
});

test("options are Keras's arguments", () => {
  const made: LearningRateSchedule[] = [
    exponentialDecay(0.1, 10, 0.5),
    exponentialDecay(0.1, 7, 0.9, { staircase: true }),
    inverseTimeDecay(0.1, 4, 0.7),
    inverseTimeDecay(0.1, 4, 0.7, { staircase: true }),
    polynomialDecay(0.1, 20),
    polynomialDecay(0.1, 12, { endLearningRate: 0.01, power: 0.5, cycle: true }),
    polynomialDecay(0.5, 50, { endLearningRate: 0, power: 2.5 }),
    piecewiseConstantDecay([5, 9, 20], [0.1, 0.05, 0.01, 0.001]),
    piecewiseConstantDecay([7.5], [0.1, 0.2]),
    cosineDecay(0.1, 25),
    cosineDecay(0.01, 15, { alpha: 0.1, warmupTarget: 0.2, warmupSteps: 8 }),
    cosineDecayRestarts(0.1, 5),
    cosineDecayRestarts(0.1, 6, { tMul: 1.5, mMul: 0.8, alpha: 0.05 }),
    cosineDecayRestarts(0.1, 8, { tMul: 1, mMul: 0.5 }),
    cosineDecayRestarts(0.1, 3, { tMul: 3 }),
  ];
  expect(made.map(({ className, config }) => ({ className, config }))).toEqual(
    fixture.cases.map(({ className, config }) => ({ className, config })),
  );
});

describe("errors", () => {
  test("name the argument and what came", () => {
    expect(() => exponentialDecay(-1, 10, 0.5)).toThrow(
      "initialLearningRate of ExponentialDecay must be a number from 0 on; -1 came",
    );
    expect(() => cosineDecay(0.1, 0)).toThrow("decaySteps of CosineDecay must be a number above 0; 0 came");
    expect(() => polynomialDecay(0.1, 10, { power: -1 })).toThrow("power of PolynomialDecay");
    expect(() => inverseTimeDecay(0.1, Number.NaN, 0.5)).toThrow("decaySteps of InverseTimeDecay");
    expect(() => cosineDecayRestarts(0.1, 10, { tMul: 0.5 })).toThrow(
      "tMul of CosineDecayRestarts must be a number from 1 on; 0.5 came",
    );
  });

  test("say what pieces must be like", () => {
    expect(() => piecewiseConstantDecay([1, 2], [0.1, 0.2])).toThrow("2 boundaries and 2 values came");
    expect(() => piecewiseConstantDecay([], [0.1])).toThrow("0 boundaries and 1 values came");
    expect(() => piecewiseConstantDecay([2, 1], [0.1, 0.2, 0.3])).toThrow("must rise; [2, 1] came");
    expect(() => piecewiseConstantDecay([1], [0.1, -0.2])).toThrow("each value of PiecewiseConstantDecay");
  });

  test("suggest a name", () => {
    expect(() => schedules.fromConfig(new ConfigReader("CosineDecays", {}))).toThrow(
      'unknown learning-rate schedule "CosineDecays"; did you mean "cosine_decay"?',
    );
  });
});

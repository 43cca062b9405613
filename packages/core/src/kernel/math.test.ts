import { describe, expect, it } from "vitest";
import { erfReference } from "../ops/erf-reference.ts";
import type { KernelBuilder } from "./builder.ts";
import { erf, exp, log, sigmoid, softplus, tanh } from "./math.ts";
import { sinCosTurns } from "./math/sin-cos-turns.ts";
import { sampleAll, sampleSizes } from "./testing/float32-samples.ts";
import { applyLanes, mapLanes } from "./testing/map-lanes.ts";
import { MULTIPLY_ADDS } from "./testing/run-kernel.ts";
import { worstError } from "./testing/ulp-error.ts";
import type { Vec } from "./vec.ts";

interface Case {
  readonly name: string;
  readonly compute: (k: KernelBuilder, x: Vec) => Vec;
  readonly reference: (x: number) => number;
  /** What the docstring promises. */
  readonly ulps: number;
  /** Results of less than this size may be 0. */
  readonly flushed: number;
  /** Sizes of arguments between which the function does what is special about it: sampled densely. */
  readonly dense: readonly [low: number, high: number];
  /** Arguments and results that must be exact. */
  readonly exact: readonly (readonly [x: number, y: number])[];
}

/** Where exp leaves float32: the results below 2^−125.5 are 0. */
const FLUSHED = 2 ** -125.49;

const cases: readonly Case[] = [
  {
    name: "exp",
    compute: exp,
    reference: Math.exp,
    ulps: 1.2,
    flushed: FLUSHED,
    dense: [2 ** -10, 105],
    exact: [
      [0, 1],
      [-0, 1],
      [1e-40, 1],
      [89, Infinity],
      [88.72284, Infinity],
      [Infinity, Infinity],
      [-Infinity, 0],
      [-88, 0],
      [-3e38, 0],
    ],
  },
  {
    name: "log",
    compute: log,
    reference: Math.log,
    ulps: 1.2,
    flushed: 0,
    dense: [2 ** -10, 2 ** 10],
    exact: [
      [1, 0],
      [0, -Infinity],
      [-0, -Infinity],
      [Infinity, Infinity],
      [-1, NaN],
      [-1e-40, NaN],
      [-Infinity, NaN],
    ],
  },
  {
    name: "sigmoid",
    compute: sigmoid,
    reference: (x) => 1 / (1 + Math.exp(-x)),
    ulps: 2.5,
    flushed: 2 ** -127.9,
    dense: [2 ** -10, 105],
    exact: [
      [0, 0.5],
      [Infinity, 1],
      [100, 1],
      [-Infinity, 0],
      [-89, 0],
    ],
  },
  {
    name: "tanh",
    compute: tanh,
    reference: Math.tanh,
    ulps: 2.7,
    flushed: 0,
    dense: [2 ** -10, 16],
    exact: [
      [0, 0],
      [-0, -0],
      [1e-40, Math.fround(1e-40)],
      [10, 1],
      [-10, -1],
      [Infinity, 1],
      [-Infinity, -1],
    ],
  },
  {
    name: "softplus",
    compute: softplus,
    reference: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    ulps: 2.6,
    flushed: FLUSHED,
    dense: [2 ** -10, 105],
    exact: [
      [0, Math.fround(Math.LN2)],
      [Infinity, Infinity],
      [-Infinity, 0],
      [100, 100],
      [-100, 0],
    ],
  },
  {
    name: "erf",
    compute: erf,
    reference: erfReference,
    ulps: 3.2,
    flushed: 0,
    dense: [2 ** -10, 6],
    exact: [
      [0, 0],
      [-0, -0],
      [5, 1],
      [-5, -1],
      [Infinity, 1],
      [-Infinity, -1],
    ],
  },
];

/** `Float64Array.from` takes several times as long. */
function evaluate(reference: (x: number) => number, inputs: Float32Array): Float64Array {
  const values = new Float64Array(inputs.length);
  for (let i = 0; i < inputs.length; i++) values[i] = reference(inputs[i] ?? NaN);
  return values;
}

describe.each(cases)("$name", ({ compute, reference, ulps, flushed, dense, exact }) => {
  it(`stays within ${ulps} ulp over all of float32`, () => {
    for (const inputs of [sampleAll(4093), sampleSizes(...dense, 509)]) {
      const expected = evaluate(reference, inputs);
      for (const relaxed of MULTIPLY_ADDS) {
        const map = mapLanes(Math.ceil(inputs.length / 4) * 4, 1, (k, x) => [compute(k, x)], relaxed);
        map.operands[0]?.set(inputs);
        map.run();
        const worst = worstError(expected, map.results[0] as Float32Array, flushed);
        expect(worst.ulps, `at ${inputs[worst.index]}, relaxed: ${relaxed}`).toBeLessThan(ulps);
      }
    }
  });

  it.each(MULTIPLY_ADDS)("is exact at its special values, and NaN at NaN (relaxed: %s)", (relaxed) => {
    const points = [...exact, [NaN, NaN] as const];
    expect(applyLanes((k, x) => compute(k, x), [points.map(([x]) => x)], relaxed)).toEqual(points.map(([, y]) => y));
  });
});

it("exp is finite up to the last argument whose exponential is", () => {
  const [last = 0] = applyLanes(exp, [[88.72283]]);
  expect(last / Math.exp(Math.fround(88.72283))).toBeCloseTo(1, 6);
});

describe("sinCosTurns", () => {
  const both = (k: KernelBuilder, u: Vec): Vec[] => {
    const { sin, cos } = sinCosTurns(k, u);
    return [sin, cos];
  };

  it("stays within 2.5 ulp over the multiples of 2⁻²⁴ in a turn", () => {
    const inputs = Float32Array.from({ length: 2 ** 18 }, (_, i) => (i * 64 + (i % 64)) / 2 ** 24);
    // The quarter turns are taken off first: sin 2πu loses digits near u = ½ in float64 too.
    const quarters = inputs.map((u) => Math.round(4 * u));
    const rests = Float64Array.from(inputs, (u, i) => 2 * Math.PI * (u - (quarters[i] ?? 0) / 4));
    const expected = [0, 1].map((ahead) =>
      rests.map((rest, i) => {
        const turned = ((quarters[i] ?? 0) + ahead) % 4;
        return (turned < 2 ? 1 : -1) * (turned % 2 === 0 ? Math.sin(rest) : Math.cos(rest));
      }),
    );
    for (const relaxed of MULTIPLY_ADDS) {
      const map = mapLanes(inputs.length, 1, both, relaxed);
      map.operands[0]?.set(inputs);
      map.run();
      for (const [i, values] of expected.entries()) {
        const worst = worstError(values, map.results[i] ?? new Float32Array(), 0);
        expect(worst.ulps, `at ${inputs[worst.index]}, relaxed: ${relaxed}`).toBeLessThan(2.5);
      }
    }
  });

  it("is exact at quarter turns, of either direction and beyond a turn, and NaN at NaN", () => {
    const turns = [0, 0.25, 0.5, 0.75, 1, -0.25, -0.5, 1000.25, NaN];
    const plusZero = (x: number): number => x + 0;
    const sines = applyLanes((k, u) => sinCosTurns(k, u).sin, [turns]);
    const cosines = applyLanes((k, u) => sinCosTurns(k, u).cos, [turns]);
    expect(sines.map(plusZero)).toEqual([0, 1, 0, -1, 0, -1, 0, 1, NaN]);
    expect(cosines.map(plusZero)).toEqual([1, 0, -1, 0, 1, 0, -1, 0, NaN]);
  });
});

import { expect, test } from "vitest";
import type { Node } from "../../graph/node.ts";
import { lowerContext } from "../../nn/layers/lower-context.ts";
import { stepScope } from "../../nn/training/step-scope.ts";
import { inputNode } from "../../ops/leaf.ts";
import { interpret } from "../../ops/testing/interpret.ts";
import { diversityFigures } from "./diversity.ts";

interface Rows {
  readonly real: readonly (readonly number[])[];
  readonly first: readonly (readonly number[])[];
  readonly second: readonly (readonly number[])[];
  readonly classes?: readonly number[];
}

/** Both figures of rows of two values, with two classes where there are some. */
function figuresOf({ real, first, second, classes }: Rows): { diversity: number; duplicates: number } {
  const [sample, one, other] = ["sample", "one", "other"].map((name) => inputNode(name, [2, 1])) as [Node, Node, Node];
  const label = inputNode("class", [2]);
  const context = lowerContext({ training: true });
  const scope = stepScope(context, { inputs: classes === undefined ? [sample] : [sample, label], targets: [] }, {});
  const { diversity, duplicates } = diversityFigures(scope, [one, other]);
  const feeds = new Map<Node, Float64Array[]>([
    [sample, real.map((row) => Float64Array.from(row))],
    [one, first.map((row) => Float64Array.from(row))],
    [other, second.map((row) => Float64Array.from(row))],
    [context.sampleShare, real.map(() => Float64Array.of(1 / real.length))],
    [label, (classes ?? []).map((index) => Float64Array.of(index === 0 ? 1 : 0, index === 0 ? 0 : 1))],
  ]);
  const [ofVariance, ofPairs] = interpret([diversity, duplicates], feeds, { batch: real.length }) as [
    Float64Array,
    Float64Array,
  ];
  return { diversity: ofVariance[0]!, duplicates: ofPairs[0]! };
}

// Variances 1 + 4 around [0, 0].
const REAL = [
  [1, 2],
  [-1, -2],
  [1, -2],
  [-1, 2],
];

test("is the variance of generated samples by that of real ones", () => {
  const far = REAL.map(([a, b]) => [-a!, -b!]);
  const { diversity, duplicates } = figuresOf({
    real: REAL,
    first: REAL.map(([a, b]) => [3 + a! / 2, b! / 2]),
    second: far,
  });
  expect(diversity).toBeCloseTo(0.25, 12);
  expect(duplicates).toBe(0);
});

test("counts pairs that are as good as the same: closer than a fiftieth of 2 · 5", () => {
  const second = [
    [1.4, 2],
    [-1.5, -2],
    [1, -2.44],
    [-1, 2.45],
  ];
  // Squared distances 0.16, 0.25, 0.1936 and 0.2025, and the limit 0.2.
  expect(figuresOf({ real: REAL, first: REAL, second }).duplicates).toBe(0.5);
});

test("sees the collapse of each class to one sample, which differ among themselves", () => {
  const classes = [0, 0, 1, 1];
  const real = [
    [10, 1],
    [10, -1],
    [-10, 3],
    [-10, 5],
  ];
  const collapsed = [
    [10, 0],
    [10, 0],
    [-10, 4],
    [-10, 4],
  ];
  expect(figuresOf({ real, first: collapsed, second: collapsed, classes })).toEqual({ diversity: 0, duplicates: 1 });
  expect(figuresOf({ real, first: collapsed, second: collapsed }).diversity).toBeGreaterThan(0.9);
  // Within the classes, of unequal sizes too, a variance of 4 beside one of 1.
  const wider = real.map(([a, b], index) => [a!, 2 * b! - (index < 2 ? 0 : 4)]);
  expect(figuresOf({ real, first: wider, second: real, classes }).diversity).toBeCloseTo(4, 10);
  const three = { real: real.slice(1), first: wider.slice(1), second: real.slice(1), classes: [0, 1, 1] };
  expect(figuresOf(three).diversity).toBeCloseTo(4, 10);
});

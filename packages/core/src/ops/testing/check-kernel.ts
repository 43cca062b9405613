/** Holds kernels to their float64 references. */
import { expect } from "vitest";
import type { Node } from "../../graph/node.ts";
import { formatType } from "../../graph/tensor-type.ts";
import type { TensorType } from "../../graph/tensor-type.ts";
import { inputNode, parameterNode } from "../leaf.ts";
import { interpret } from "./interpret.ts";
import { runKernels } from "./run-kernels.ts";
import { fillTensor, uniformNumbers } from "./values.ts";
import type { TensorValue } from "./values.ts";

export interface KernelCheck {
  /** Bounds of the random operands. Default: −2 and 2. */
  readonly low?: number;
  readonly high?: number;
  /** Makes the operands' numbers instead. */
  readonly next?: () => number;
  readonly seed?: number;
  /** Largest |kernel − reference| / (1 + |reference|). Default: 1e-6, some eight roundings in float32. */
  readonly tolerance?: number;
  readonly step?: number;
  readonly randomSeed?: number;
}

/** One sample, some that do not fill the lanes, a micro-batch and part of the next; with one, two, four and nine lane vectors. */
const RUNS = [
  { batch: 1, vectors: 4, wide: false },
  { batch: 6, vectors: 1, wide: false },
  { batch: 19, vectors: 4, wide: false },
  { batch: 13, vectors: 9, wide: true },
  { batch: 8, vectors: 2, wide: true },
  { batch: 16, vectors: 4, wide: true },
] as const;

/** Checks `build`'s graph on random operands of the given types: the value of every element, for several batches. */
export function checkKernel(
  types: readonly TensorType[],
  build: (...operands: Node[]) => Node,
  { low = -2, high = 2, seed = 1, tolerance = 1e-6, step = 0, randomSeed = 0, ...options }: KernelCheck = {},
): void {
  const leaves = leavesOf(types);
  const output = build(...leaves);
  for (const { batch, vectors, wide } of RUNS) {
    const next = options.next ?? uniformNumbers(seed, low, high);
    const feeds = new Map(leaves.map((leaf) => [leaf, fillTensor(leaf.type, batch, next)]));
    const run = { batch, vectors, wide, step, seed: randomSeed };
    const [actual] = runKernels([output], feeds, run);
    const [expected] = interpret([output], feeds, run);
    const label = `${types.map(formatType).join(", ")}, batch ${batch}, ${vectors}${wide ? " wide" : ""} lane vectors, seed ${seed}`;
    expectClose(actual!, expected!, tolerance, label);
  }
}

export function leavesOf(types: readonly TensorType[]): Node[] {
  return types.map(({ scope, shape }, i) => (scope === "sample" ? inputNode : parameterNode)(`x${i}`, shape));
}

/** Fails with the first element that is off. Infinite and NaN must be met exactly. */
export function expectClose(actual: TensorValue, expected: TensorValue, tolerance: number, label = ""): void {
  const rows = (value: TensorValue): readonly Float64Array[] => (value instanceof Float64Array ? [value] : value);
  expect(rows(actual).length, label).toBe(rows(expected).length);
  for (const [sample, row] of rows(expected).entries()) {
    const other = rows(actual)[sample]!;
    expect(other.length, label).toBe(row.length);
    const wrong = row.findIndex((value, i) => !isClose(other[i]!, value, tolerance));
    expect(wrong, `${label}: sample ${sample}, element ${wrong}: ${other[wrong]} instead of ${row[wrong]}`).toBe(-1);
  }
}

function isClose(actual: number, expected: number, tolerance: number): boolean {
  if (!Number.isFinite(expected) || !Number.isFinite(actual)) return Object.is(actual, expected);
  return Math.abs(actual - expected) <= tolerance * (1 + Math.abs(expected));
}

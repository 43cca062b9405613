/** Evaluates graphs in float64 in the tests of this folder, on batches as the fixtures hold them. */
import type { FixtureArray } from "../../../../../fixtures/keras/read.ts";
import type { Node } from "../../graph/node.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { interpret } from "../../ops/testing/interpret.ts";
import type { TensorValue } from "../../ops/testing/values.ts";
import { constantsOf } from "../constant-tensor.ts";

/** The samples of a batch-first array. */
export function samplesOf({ shape, data }: FixtureArray): Float64Array[] {
  const size = sizeOf(shape.slice(1));
  return Array.from({ length: shape[0] ?? 0 }, (_, i) => Float64Array.from(data.subarray(i * size, (i + 1) * size)));
}

/** All values of a tensor, sample after sample. */
function flatValues(value: TensorValue | undefined): number[] {
  if (value === undefined) throw new Error("no value came");
  return value instanceof Float64Array ? [...value] : value.flatMap((sample) => [...sample]);
}

/** The values of `outputs`, flat. Constant tensors need not be fed. */
export function evaluate(
  outputs: readonly Node[],
  feeds: ReadonlyMap<Node, TensorValue>,
  batch: number,
  random: { readonly step?: number; readonly seed?: number } = {},
): number[][] {
  const constants = constantsOf(outputs).map(([node, values]) => [node, Float64Array.from(values)] as const);
  return interpret(outputs, new Map<Node, TensorValue>([...constants, ...feeds]), { batch, ...random }).map(flatValues);
}

/** The largest |a − e| / max(|e|, floor) over all elements; Infinity where the numbers of elements differ. */
export function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>, floor = 1e-3): number {
  if (actual.length !== expected.length) return Infinity;
  return Array.from(expected).reduce((worst, e, index) => {
    const a = actual[index] as number;
    if (a === e || (Number.isNaN(a) && Number.isNaN(e))) return worst;
    const error = Math.abs(a - e) / Math.max(Math.abs(e), floor);
    return Number.isNaN(error) ? Infinity : Math.max(worst, error);
  }, 0);
}

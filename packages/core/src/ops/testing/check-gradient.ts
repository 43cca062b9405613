/** Holds gradients to central differences, both in float64 through the references. */
import { gradients } from "../../autodiff/gradient.ts";
import type { Node } from "../../graph/node.ts";
import { formatType, perSample } from "../../graph/tensor-type.ts";
import type { TensorType } from "../../graph/tensor-type.ts";
import { mul } from "../binary.ts";
import { inputNode } from "../leaf.ts";
import { broadcastToSamples, sum, sumSamples } from "../sum.ts";
import { expectClose, leavesOf } from "./check-kernel.ts";
import { interpret } from "./interpret.ts";
import { fillTensor, uniformNumbers } from "./values.ts";
import type { TensorValue } from "./values.ts";

export interface GradientCheck {
  /** Bounds of the random operands. Default: −2 and 2. */
  readonly low?: number;
  readonly high?: number;
  /** Makes the operands' numbers instead. */
  readonly next?: () => number;
  readonly seed?: number;
}

const BATCH = 2;
/** Central differences are off by about ε² for their step ε, plus rounding of about 1e-16 / ε. */
const STEP = 1e-5;
const TOLERANCE = 1e-7;

/**
 * Checks the gradients of `build`'s graph with respect to all operands, on random operands of the given types. The loss is
 * the sum of the result's elements, each with a random weight of its own.
 */
export function checkGradient(
  types: readonly TensorType[],
  build: (...operands: Node[]) => Node,
  { low = -2, high = 2, seed = 1, next = uniformNumbers(seed, low, high) }: GradientCheck = {},
): void {
  const operands = leavesOf(types);
  const result = build(...operands);
  const weights = inputNode("weights", result.type.shape);
  const samples = result.type.scope === "sample" ? result : broadcastToSamples(result, result.type.shape);
  const loss = sumSamples(sum(mul(samples, weights)));

  const feeds = new Map(operands.map((operand) => [operand, fillTensor(operand.type, BATCH, next)]));
  feeds.set(weights, fillTensor(perSample(result.type.shape), BATCH, uniformNumbers(seed + 1, -1, 1)));
  const lossAt = (): number => (interpret([loss], feeds, { batch: BATCH })[0] as Float64Array)[0]!;
  const differences = operands.map((operand) =>
    mapElements(feeds.get(operand)!, (array, i) => {
      const middle = array[i]!;
      array[i] = middle + STEP;
      const above = lossAt();
      array[i] = middle - STEP;
      const below = lossAt();
      array[i] = middle;
      return (above - below) / (2 * STEP);
    }),
  );

  const computed = interpret(gradients(loss, operands), feeds, { batch: BATCH });
  for (const [i, gradient] of computed.entries()) {
    const label = `gradient of operand ${i} of ${types.map(formatType).join(", ")}, seed ${seed}`;
    expectClose(gradient, differences[i]!, TOLERANCE, label);
  }
}

function mapElements(value: TensorValue, f: (array: Float64Array, index: number) => number): TensorValue {
  const each = (array: Float64Array): Float64Array => array.map((_, i) => f(array, i));
  return value instanceof Float64Array ? each(value) : value.map(each);
}

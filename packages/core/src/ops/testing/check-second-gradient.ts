/** Holds gradients of gradients to central differences of the first ones, both in float64 through the references. */
import { gradients } from "../../autodiff/gradient.ts";
import type { Node } from "../../graph/node.ts";
import type { TensorType } from "../../graph/tensor-type.ts";
import { add, mul, square } from "../elementwise.ts";
import { sum, sumSamples } from "../sum.ts";
import { checkGradient } from "./check-gradient.ts";
import type { GradientCheck } from "./check-gradient.ts";
import { leavesOf } from "./check-kernel.ts";

/**
 * Differentiates the graph of `build` twice. The first loss is Σ w · y² of the result y, with random weights w; its square makes the first
 * gradient depend on the operands even where y is linear in them. What is differentiated again is the sum of the first
 * gradients, each element times a random number, with respect to the operands, to w and to those numbers.
 */
export function checkSecondGradient(
  types: readonly TensorType[],
  build: (...operands: Node[]) => Node,
  options: GradientCheck = {},
): void {
  const result = build(...leavesOf(types)).type;
  checkGradient(
    [...types, result, ...types],
    (...leaves) => projectedGradients(build, leaves.slice(0, types.length), leaves.slice(types.length)),
    options,
  );
}

/** Σ of the gradients' elements, each times its own direction: a shared scalar. */
export function projectedGradients(
  build: (...operands: Node[]) => Node,
  operands: readonly Node[],
  [weights, ...directions]: readonly Node[],
): Node {
  const loss = total(mul(square(build(...operands)), weights!));
  return gradients(loss, operands)
    .map((gradient, i) => total(mul(gradient, directions[i]!)))
    .reduce((a, b) => add(a, b));
}

function total(x: Node): Node {
  const scalar = sum(x);
  return scalar.type.scope === "sample" ? sumSamples(scalar) : scalar;
}

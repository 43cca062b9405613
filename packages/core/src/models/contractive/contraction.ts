/** How far the codes of samples move when the samples do: the squared Frobenius norm of the encoder's Jacobian, ‖∂h/∂x‖². */
import { sampleGradients } from "../../autodiff/sample-gradients.ts";
import type { Node } from "../../graph/node.ts";
import { getActivation } from "../../nn/activations/registry.ts";
import { dense } from "../../ops/dense.ts";
import { add, mul, square } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";

/** An encoder of one dense layer: h = f(x·W + b). */
export interface OneLayer {
  /** W: shared, [inputs, units]. */
  readonly kernel: Node;
  /** b: shared, [units]. */
  readonly bias: Node;
  /** The name of f, which takes each number by itself. */
  readonly activation: string;
}

/**
 * ‖J‖² of an encoder of one layer, exactly: Σ_j f'(z_j)² · Σ_i W_ij² (Rifai et al. 2011, equation 7, where f' = h·(1 − h) of a sigmoid).
 * Costs no more than the layer itself.
 *
 * @param x per sample, [inputs].
 * @returns per sample, of the shape [].
 */
export function exactContraction(x: Node, { kernel, bias, activation }: OneLayer): Node {
  const z = add(dense(x, kernel), bias);
  // f takes each number by itself, so that the slope of the sum is the slope of each.
  const slopes = sampleGradients(sum(getActivation(activation).apply(z)), [z])[0]!;
  return sum(mul(square(slopes), sum(square(kernel), [0])));
}

/**
 * ‖J‖² of any encoder, estimated without bias: the mean of ‖vᵀJ‖² over random directions v ~ N(0, I), because E[v·vᵀ] = I
 * (Hutchinson 1990). Each direction costs a backward pass.
 *
 * @param x per sample, of any shape.
 * @param code what the encoder makes of x, per sample.
 * @param directions v: per sample, of the code's shape.
 * @returns per sample, of the shape [].
 */
export function estimatedContraction(x: Node, code: Node, directions: readonly Node[]): Node {
  const estimates = directions.map((direction) => {
    const projection = sampleGradients(sum(mul(code, direction)), [x])[0]!;
    return sum(square(projection));
  });
  return mul(
    estimates.reduce((total, estimate) => add(total, estimate)),
    1 / directions.length,
  );
}

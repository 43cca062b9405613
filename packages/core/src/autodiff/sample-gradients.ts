/** Each sample's own gradient: the slope of a critic at its input, a projection of an encoder's Jacobian. */
import { GraphError } from "../graph/error.ts";
import type { Node } from "../graph/node.ts";
import { formatType } from "../graph/tensor-type.ts";
import { constant } from "../ops/leaf.ts";
import { broadcastToSamples } from "../ops/sum.ts";
import { describeNode } from "./describe-node.ts";
import { pullBack } from "./pull-back.ts";

/**
 * The gradients of a scalar of each sample with respect to per-sample nodes: ∂output[n] / ∂input[n] for every sample n, as nodes
 * of the inputs' types. Nothing is summed over samples. An input may be a leaf or computed (a mixture of two images), and
 * the results can be differentiated in turn, with respect to weights too:
 *
 *     // the gradient penalty of Gulrajani et al. 2017 (arXiv:1704.00028, eq. 3), for each sample; the small number keeps the
 *     // root's own slope finite where the critic is flat, as it may be in lanes that hold no sample
 *     const [slope] = sampleGradients(critic(mixed), [mixed]);
 *     const penalty = square(sub(sqrt(add(sum(square(slope)), 1e-12)), 1));
 *
 *     // vᵀJ, one projection of the Jacobian of a code
 *     const [projection] = sampleGradients(sum(mul(code, v)), [image]);
 *
 * @param output a scalar per sample.
 * @param inputs nodes per sample that it depends on.
 * @throws GraphError when a type does not fit, when the output does not depend on an input or depends on it through an
 * operation that forbids differentiation, and when it depends on the inputs of other samples as well (as the mean and variance
 * of a batch do): a sample then has no gradient of its own.
 */
export function sampleGradients(output: Node, inputs: readonly Node[]): Node[] {
  if (output.type.scope !== "sample" || output.type.shape.length > 0) {
    const advice =
      output.type.scope === "sample"
        ? "sum it over its elements, or reshape it to []"
        : "give it what was summed over the samples, or use gradients";
    throw new GraphError(
      `sampleGradients takes the gradient of a scalar per sample, and got ${formatType(output.type)}; ${advice}`,
    );
  }
  for (const input of inputs) {
    if (input.type.scope === "sample") continue;
    throw new GraphError(
      `sampleGradients takes gradients with respect to nodes per sample, and ${describeNode(input)} is shared by all ` +
        "samples; sum the output over the samples and use gradients",
    );
  }
  const total = pullBack(output, broadcastToSamples(constant(1), []), inputs);
  // What is shared and still depends on an input comes from a sum over samples.
  const mixed = [...total.keys()].find(
    ({ type, inputs: operands }) =>
      type.scope === "shared" && operands.some((operand) => operand.type.scope === "sample"),
  );
  if (mixed !== undefined) {
    throw new GraphError(
      `sampleGradients: the output of a sample depends on the inputs of all samples, through ${describeNode(mixed)}. ` +
        "Leave out what takes statistics over the batch (batch normalization, in training), or take them over each sample " +
        "(layer normalization, group normalization).",
    );
  }
  return inputs.map((input) => {
    const gradient = total.get(input);
    if (gradient === undefined) throw new GraphError(`the output does not depend on ${describeNode(input)}`);
    return gradient;
  });
}

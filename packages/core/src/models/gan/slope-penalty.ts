import { sampleGradients } from "../../autodiff/sample-gradients.ts";
import type { Node } from "../../graph/node.ts";
import { add, mul, sqrt, square, sub } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";

/**
 * How far a discriminator's slope is from 1 between a real and a generated sample: (‖∇D(εx + (1 − ε)x̃)‖ − 1)², of Gulrajani et al. 2017,
 * arXiv:1704.00028, eq. 3. Per sample of the shape [].
 *
 * @param score the discriminator, from samples to a score each, of the shape [].
 * @param between samples of each kind, of one shape.
 * @param part ε, from 0 (the generated sample) to 1 (the real one): per sample of the shape [].
 */
export function slopePenalty(
  score: (sample: Node) => Node,
  between: { readonly real: Node; readonly generated: Node },
  part: Node,
): Node {
  const { real, generated } = between;
  const mixed = add(generated, mul(part, sub(real, generated)));
  const [slope] = sampleGradients(score(mixed), [mixed]) as [Node];
  // The small number keeps the root's slope finite where the discriminator is flat.
  return square(sub(sqrt(add(sum(square(slope)), 1e-12)), 1));
}

import type { Node } from "../../graph/node.ts";
import { add, clip, div, maximum, minimum, mul, sqrt, square, sub } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import { sumOfScalars } from "../sum-of-scalars.ts";

export interface GradientClipping {
  readonly clipnorm: number | undefined;
  readonly globalClipnorm: number | undefined;
  readonly clipvalue: number | undefined;
}

/** Gradients within limits, as Keras's `_clip_gradients`; a limit of 0 is none. */
export function clipGradients(
  gradients: readonly Node[],
  { clipnorm = 0, globalClipnorm = 0, clipvalue = 0 }: GradientClipping,
): readonly Node[] {
  if (clipnorm > 0) return gradients.map((gradient) => clipNorm(gradient, clipnorm));
  if (globalClipnorm > 0) return clipGlobalNorm(gradients, globalClipnorm);
  if (clipvalue > 0) return gradients.map((gradient) => clip(gradient, -clipvalue, clipvalue));
  return gradients;
}

// g · c / max(|g|, c)
function clipNorm(gradient: Node, limit: number): Node {
  const length = sqrt(sum(square(gradient)));
  return mul(gradient, div(limit, maximum(length, limit)));
}

// g · c · min(1/|all g|, 1/c); all become NaN where the length is infinite (Pascanu et al. 2013, arXiv:1211.5063)
function clipGlobalNorm(gradients: readonly Node[], limit: number): Node[] {
  if (gradients.length === 0) return [];
  const length = sqrt(sumOfScalars(gradients.map((gradient) => sum(square(gradient)))));
  const scale = add(mul(minimum(div(1, length), 1 / limit), limit), sub(length, length));
  return gradients.map((gradient) => mul(gradient, scale));
}

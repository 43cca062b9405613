import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { mul, sigmoid } from "../../ops/elementwise.ts";
import { slice } from "../../ops/slice.ts";

/**
 * The first half of the last axis, let through by the second: a · sigmoid(b) (Dauphin et al. 2017, arXiv:1612.08083).
 * [..., 2n] → [..., n].
 *
 * @throws GraphError when the last axis has no halves.
 */
export function glu(x: Node): Node {
  const { shape } = x.type;
  const half = (shape.at(-1) ?? 0) / 2;
  if (half === 0 || !Number.isInteger(half)) {
    throw new GraphError(`glu halves the last axis, whose size must be even; ${formatShape(shape)} came`);
  }
  const last = shape.length - 1;
  const size = shape.with(last, half);
  const start = shape.map(() => 0);
  return mul(slice(x, { begin: start, size }), sigmoid(slice(x, { begin: start.with(last, half), size })));
}

import type { Node } from "../graph/node.ts";
import { concatenate } from "../ops/concatenate.ts";
import { sum } from "../ops/reduce.ts";
import { reshape } from "../ops/shape.ts";

/**
 * The sum of shared nodes of the shape []. They are joined before they are added up: added one to the other, each sum would
 * wait for the one before, with a barrier between.
 */
export function sumOfScalars(scalars: readonly Node[]): Node {
  const [only] = scalars;
  if (only !== undefined && scalars.length === 1) return only;
  return sum(
    concatenate(
      scalars.map((scalar) => reshape(scalar, [1])),
      0,
    ),
  );
}

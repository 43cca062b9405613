import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { add, div, equal, greater, mul, relu, sub } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import { reshape } from "../../ops/shape.ts";
import { constantTensor } from "../constant-tensor.ts";

/**
 * max(x − τ, 0) over the last axis: probabilities of which most are 0 (Martins and Astudillo 2016, arXiv:1602.02068), with τ as
 * Keras 3 computes it.
 *
 * Of the numbers z₁ ≥ z₂ ≥ …, those with z_r > (S_r − 1) / r are kept, S_r being z₁ + … + z_r. The paper has τ = (S_k − 1) / k
 * for the k that are kept; Keras adds up S₁ + … + S_k in place of S_k, so that results add up to 1 only where k is 1.
 * Nothing is sorted here: an element's place is how many come before it.
 *
 * @throws GraphError when there is no axis to work along.
 */
export function sparsemax(x: Node): Node {
  const { shape } = x.type;
  const size = shape.at(-1);
  if (size === undefined) throw new GraphError("sparsemax needs an axis to work along; a tensor without axes came");
  // [..., i, j]: 1 where element j does not come after element i; equal ones keep their order.
  const [elements, others] = [reshape(x, [...shape, 1]), reshape(x, [...shape.slice(0, -1), 1, size])];
  const isEarlier = constantTensor(
    "sparsemax order",
    [size, size],
    Float32Array.from({ length: size * size }, (_, i) => (i % size <= Math.floor(i / size) ? 1 : 0)),
  );
  const precedes = add(greater(others, elements), mul(equal(others, elements), isEarlier));
  const place = sum(precedes, [-1]);
  const sumSoFar = sum(mul(precedes, others), [-1]);
  const isKept = greater(x, div(sub(sumSoFar, 1), place));
  const count = sum(isKept, [-1], { keepDims: true });
  const threshold = div(sub(sum(mul(isKept, sumSoFar), [-1], { keepDims: true }), 1), count);
  return relu(sub(x, threshold));
}

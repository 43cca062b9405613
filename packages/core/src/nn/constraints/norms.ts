/**
 * Limits on the length of weights along axes of the kernel. For a dense kernel [in, out], axis 0 measures each unit's
 * incoming weights; for a convolution's [rows, columns, in, out], the axes [0, 1, 2] measure each filter.
 */
import type { Node } from "../../graph/node.ts";
import { add, clip, div, mul, sqrt, square } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import type { Constraint } from "./constraint.ts";

// Keras's epsilon.
const EPSILON = 1e-7;

export interface NormOptions {
  /** Along which axes lengths are measured; 0 unless given. */
  readonly axis?: number | readonly number[];
}

/**
 * Keeps lengths at `maxValue` or below: w · min(|w|, m) / |w| (Srivastava et al. 2014).
 *
 * @param maxValue 2 unless given.
 */
export function maxNorm(maxValue = 2, { axis = 0 }: NormOptions = {}): Constraint {
  checkLength("maxValue", maxValue);
  return {
    className: "MaxNorm",
    config: { max_value: maxValue, axis },
    apply(weight) {
      const length = lengthOf(weight, axis);
      return mul(weight, div(clip(length, 0, maxValue), add(length, EPSILON)));
    },
  };
}

/** Gives every vector of weights the length 1: w / |w|. */
export function unitNorm({ axis = 0 }: NormOptions = {}): Constraint {
  return {
    className: "UnitNorm",
    config: { axis },
    apply: (weight) => div(weight, add(lengthOf(weight, axis), EPSILON)),
  };
}

function lengthOf(weight: Node, axis: number | readonly number[]): Node {
  return sqrt(sum(square(weight), typeof axis === "number" ? [axis] : axis, { keepDims: true }));
}

function checkLength(option: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return;
  throw new RangeError(`${option} of a norm must be a number from 0 on; ${value} came`);
}

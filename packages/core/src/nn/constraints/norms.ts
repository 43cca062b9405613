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

export interface MinMaxNormOptions extends NormOptions {
  /** The least length, 0 unless given. */
  readonly minValue?: number | undefined;
  /** The greatest length, 1 unless given. */
  readonly maxValue?: number | undefined;
  /** Which part of the way to these limits a step goes, from 0 to 1; 1 unless given. */
  readonly rate?: number | undefined;
}

/**
 * Brings lengths between two limits: w · (r · clip(|w|, min, max) + (1 − r) · |w|) / |w|.
 *
 * @throws RangeError when a limit is negative, the limits are in the wrong order, or the rate is not from 0 to 1.
 */
export function minMaxNorm({ minValue = 0, maxValue = 1, rate = 1, axis = 0 }: MinMaxNormOptions = {}): Constraint {
  checkLength("minValue", minValue);
  checkLength("maxValue", maxValue);
  if (minValue > maxValue)
    throw new RangeError(`minValue of a norm, ${minValue}, must not exceed maxValue, ${maxValue}`);
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`rate of a norm must be from 0 to 1; ${rate} came`);
  return {
    className: "MinMaxNorm",
    config: { min_value: minValue, max_value: maxValue, rate, axis },
    apply(weight) {
      const length = lengthOf(weight, axis);
      const desired = add(mul(clip(length, minValue, maxValue), rate), mul(length, 1 - rate));
      return mul(weight, div(desired, add(length, EPSILON)));
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

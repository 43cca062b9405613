/**
 * Coordinates outside of an image, brought inside: what TensorFlow's ImageProjectiveTransformV3 does to them
 * (`MapCoordinate` in tensorflow/core/kernels/image/image_ops.h), once for lane vectors and once for float64.
 */
import type { KernelBuilder } from "../../kernel/builder.ts";
import { abs, add, div, float, floor, less, lessEqual, max, min, mul, select, sub } from "../../kernel/vec.ts";
import type { Vec } from "../../kernel/vec.ts";
import type { FillMode } from "./options.ts";

interface FillRule {
  /** A coordinate among `length` pixels, for lanes. */
  map(k: KernelBuilder, coordinate: Vec, length: number): Vec;
  reference(coordinate: number, length: number): number;
}

export const fillRules: Readonly<Record<FillMode, FillRule>> = {
  constant: {
    map: (_, coordinate) => coordinate,
    reference: (coordinate) => coordinate,
  },
  nearest: {
    map: (_, coordinate, length) => clampLanes(coordinate, length),
    reference: clamp,
  },
  // The image and its mirror image in turn: a period of 2 · length pixels, the edge pixels standing twice.
  reflect: {
    map(k, coordinate, length) {
      const period = float(2 * length);
      const distance = k.let(abs(coordinate));
      const inPeriod = k.let(sub(distance, mul(period, floor(div(distance, period)))));
      const inFirstHalf = less(inPeriod, float(length));
      const fromEnd = k.let(sub(period, inPeriod));
      const before = select(lessEqual(inPeriod, float(length)), sub(inPeriod, float(1)), fromEnd);
      const after = select(inFirstHalf, inPeriod, sub(fromEnd, float(1)));
      return clampLanes(select(less(coordinate, float(0)), before, after), length);
    },
    reference(coordinate, length) {
      let x = coordinate;
      if (x < 0) {
        x += 2 * length * Math.trunc(-x / (2 * length));
        x = x < -length ? x + 2 * length : -x - 1;
      } else if (x > length - 1) {
        x -= 2 * length * Math.trunc(x / (2 * length));
        if (x >= length) x = 2 * length - x - 1;
      }
      return clamp(x, length);
    },
  },
  // Copies of the image side by side. Between the last pixel of one and the first of the next nothing is interpolated.
  wrap: {
    map(k, coordinate, length) {
      if (length === 1) return clampLanes(coordinate, length);
      const copies = k.let(floor(div(abs(coordinate), float(length - 1))));
      const before = add(coordinate, mul(float(length), add(copies, float(1))));
      const after = sub(coordinate, mul(float(length), copies));
      const isInside = lessEqual(coordinate, float(length - 1));
      return clampLanes(select(less(coordinate, float(0)), before, select(isInside, coordinate, after)), length);
    },
    reference(coordinate, length) {
      let x = coordinate;
      if (length === 1) return 0;
      if (x < 0) x += length * (Math.trunc(-x / (length - 1)) + 1);
      else if (x > length - 1) x -= length * Math.trunc(x / (length - 1));
      return clamp(x, length);
    },
  },
};

/** The nearest coordinate inside; NaN remains. */
export function clampLanes(coordinate: Vec, length: number): Vec {
  return min(max(coordinate, float(0)), float(length - 1));
}

function clamp(coordinate: number, length: number): number {
  return Math.min(Math.max(coordinate, 0), length - 1);
}

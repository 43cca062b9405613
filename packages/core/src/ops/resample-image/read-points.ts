/** Which pixels of an image a pixel of the result is made of, and how much of each: for lanes whose samples differ. */
import type { Reader } from "../../graph/op.ts";
import type { KernelBuilder } from "../../kernel/builder.ts";
import type { Index } from "../../kernel/index-expr.ts";
import {
  abs,
  add,
  and,
  div,
  equal,
  float,
  floor,
  indexVec,
  int,
  intAdd,
  intMul,
  intToFloat,
  less,
  lessEqual,
  mul,
  neg,
  not,
  select,
  sub,
  truncToInt,
} from "../../kernel/vec.ts";
import type { Vec } from "../../kernel/vec.ts";
import { clampLanes, fillRules } from "./fill-modes.ts";
import type { Interpolation, ResampleAttributes } from "./options.ts";

export interface ReadPoints {
  /** Mask: the transform leads somewhere, not to infinity. */
  readonly exists: Vec;
  readonly pixels: readonly ReadPixel[];
}

interface ReadPixel {
  /** Number of the pixel, row-major; of one inside the image in any case. */
  readonly position: Vec;
  readonly weight: Vec;
  /** Mask: the pixel is one of the image's own. Undefined where all are. */
  readonly isInside: Vec | undefined;
}

/** A row or a column that is read, and how much of it. */
interface Line {
  readonly coordinate: Vec;
  readonly weight: Vec | undefined;
}

/** Both coordinates are computed in the order in which TensorFlow does, so that they round alike. */
export function readPoints(
  k: KernelBuilder,
  transform: Reader,
  [row, column]: readonly [Index, Index],
  vector: Index,
  { imageSize: [height, width], interpolation, fillMode }: ResampleAttributes,
): ReadPoints {
  const [x, y] = [column, row].map((index) => k.let(intToFloat(indexVec(index)))) as [Vec, Vec];
  const linear = (first: number, constant: Vec): Vec =>
    add(add(mul(transform.at(first, vector), x), mul(transform.at(first + 1, vector), y)), constant);
  const depth = k.let(linear(6, float(1)));
  const along = (first: number, length: number): Line[] => {
    const coordinate = k.let(div(linear(first, transform.at(first + 2, vector)), depth));
    return LINES[interpolation](k, k.let(fillRules[fillMode].map(k, coordinate, length)));
  };
  const columns = along(0, width).map((line) => locate(k, line, width, fillMode === "constant"));
  const rows = along(3, height).map((line) => locate(k, line, height, fillMode === "constant"));
  const pixels = rows.flatMap((a) =>
    columns.map((b) => ({
      position: k.let(intAdd(intMul(a.position, int(width)), b.position)),
      weight: a.weight && b.weight ? k.let(mul(a.weight, b.weight)) : float(1),
      isInside: a.isInside && b.isInside ? k.let(and(a.isInside, b.isInside)) : undefined,
    })),
  );
  return { exists: k.let(not(equal(depth, float(0)))), pixels };
}

const LINES: Readonly<Record<Interpolation, (k: KernelBuilder, coordinate: Vec) => Line[]>> = {
  // Halves are rounded away from zero.
  nearest(k, coordinate) {
    const distance = k.let(abs(coordinate));
    const whole = k.let(floor(distance));
    const isHalf = lessEqual(float(0.5), sub(distance, whole));
    const rounded = k.let(add(whole, and(isHalf, float(1))));
    return [{ coordinate: select(less(coordinate, float(0)), neg(rounded), rounded), weight: undefined }];
  },
  bilinear(k, coordinate) {
    const before = k.let(floor(coordinate));
    const after = k.let(add(before, float(1)));
    return [
      { coordinate: before, weight: k.let(sub(after, coordinate)) },
      { coordinate: after, weight: k.let(sub(coordinate, before)) },
    ];
  },
};

function locate(k: KernelBuilder, line: Line, length: number, mayLeave: boolean) {
  const coordinate = k.let(line.coordinate);
  const inside = k.let(clampLanes(coordinate, length));
  return {
    // NaN becomes 0: whatever the transform holds, no pixel outside of the image is touched.
    position: k.let(truncToInt(inside)),
    weight: line.weight,
    isInside: mayLeave ? k.let(equal(coordinate, inside)) : undefined,
  };
}

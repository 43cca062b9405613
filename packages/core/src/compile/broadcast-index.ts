/** Positions of broadcast operands. */
import { sameShape, sizeOf } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { flatten, Index } from "../kernel/index-expr.ts";

/** The axes to loop over: one for all elements where no operand is stretched along some axes only, else those of the shape. */
export function loopAxes(shape: Shape, operands: readonly Shape[]): Shape {
  const flat = operands.every((operand) => sizeOf(operand) === 1 || sameShape(operand, shape));
  return flat ? [sizeOf(shape)] : shape;
}

/**
 * The flat position in an operand that belongs to `coordinates` in a result of shape `axes`: axes are aligned at the end,
 * and an axis of size 1 stretches.
 */
export function broadcastIndex(coordinates: readonly Index[], axes: Shape, operand: Shape): Index {
  if (sizeOf(operand) === 1) return Index.constant(0);
  if (sizeOf(operand) === sizeOf(axes)) return flatten(coordinates, axes);
  const own = coordinates.slice(axes.length - operand.length);
  return flatten(
    own.map((coordinate, axis) => (operand[axis] === 1 ? 0 : coordinate)),
    operand,
  );
}

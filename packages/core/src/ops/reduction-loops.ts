/**
 * Loop nests of reductions: outside over the kept axes, in tiles of the innermost one, inside over the reduced axes.
 *
 * A tile holds neighbouring channels, so that the inner loops read whole cache lines and have independent accumulators.
 */
import { Index } from "../kernel/index-expr.ts";
import type { KernelBuilder } from "../kernel/builder.ts";
import { sizeOf } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { forEachPosition } from "./loops.ts";
import { range, segments } from "./tile.ts";

export interface LoopAxis {
  readonly size: number;
  /** Elements between neighbours along the axis. */
  readonly stride: number;
}

export interface SplitAxes {
  readonly kept: readonly LoopAxis[];
  /** Neighbouring reduced axes are merged into one. */
  readonly reduced: readonly LoopAxis[];
}

export function splitAxes(shape: Shape, isReduced: (axis: number) => boolean): SplitAxes {
  const kept: LoopAxis[] = [];
  const reduced: LoopAxis[] = [];
  for (const [axis, size] of shape.entries()) {
    const stride = sizeOf(shape.slice(axis + 1));
    const last = reduced.at(-1);
    if (!isReduced(axis)) kept.push({ size, stride });
    else if (last !== undefined && last.stride === size * stride) {
      reduced[reduced.length - 1] = { size: last.size * size, stride };
    } else reduced.push({ size, stride });
  }
  return { kept, reduced };
}

/** One element of a tile: its position along each kept axis, and the offset that this adds up to in the operand. */
export interface TileElement {
  readonly coordinates: readonly Index[];
  readonly offset: Index;
}

/** Visits every combination of kept coordinates once, up to `tile` neighbours along the innermost axis at a time. */
export function forEachTile(
  k: KernelBuilder,
  axes: readonly LoopAxis[],
  tile: number,
  body: (elements: readonly TileElement[]) => void,
): void {
  const last = axes.at(-1);
  forEachOffset(k, axes.slice(0, -1), (offset, coordinates) => {
    if (last === undefined) {
      body([{ coordinates, offset }]);
      return;
    }
    for (const { from, to, size } of segments(last.size, tile)) {
      const visit = (start: Index): void => {
        const neighbours = range(size).map((i) => start.plus(i));
        body(neighbours.map((c) => ({ coordinates: [...coordinates, c], offset: offset.plus(c.times(last.stride)) })));
      };
      k.for(from, to, visit, { step: size });
    }
  });
}

/** Nested loops over `axes`, the last one innermost, with the offset that the position adds up to. */
export function forEachOffset(
  k: KernelBuilder,
  axes: readonly LoopAxis[],
  body: (offset: Index, coordinates: readonly Index[]) => void,
): void {
  forEachPosition(
    k,
    axes.map((axis) => axis.size),
    (coordinates) => {
      let offset = Index.constant(0);
      for (const [axis, { stride }] of axes.entries()) offset = offset.plus(coordinates[axis]!.times(stride));
      body(offset, coordinates);
    },
  );
}

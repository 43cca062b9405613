/**
 * The loop nest of pooling gradients: every window gives each of its elements a share.
 *
 * Windows that do not overlap write all elements once. Windows that overlap add their shares to what is there already.
 */
import type { LoopContext } from "../../graph/op.ts";
import type { Index, IndexLike } from "../../kernel/index-expr.ts";
import { add, float } from "../../kernel/vec.ts";
import type { Vec } from "../../kernel/vec.ts";
import { forEachFewVectors } from "../lane-vectors.ts";
import { forEachPosition } from "../loops.ts";
import { poolGeometry } from "./geometry.ts";
import type { Pool2dGradOptions } from "./geometry.ts";
import { forEachElement, forEachWindow } from "./windows.ts";
import type { WindowSpan } from "./windows.ts";

/** One channel of one window, for a few lane vectors. */
export interface WindowChannel {
  readonly rows: WindowSpan;
  readonly columns: WindowSpan;
  readonly channel: Index;
  readonly vectors: readonly Index[];
}

/** Prepares a window and returns the function that gives each element's share, for one of the window's `vectors`. */
export type ShareOut = (window: WindowChannel) => (y: Index, x: Index, i: number) => Vec;

type Write = (coordinates: readonly [Index, Index, Index], vector: Index, value: Vec) => void;

export function buildScatter(context: LoopContext<Pool2dGradOptions>, shareOut: ShareOut): void {
  const { k, attributes, type, vectors } = context;
  const { poolSize, strides, imageShape } = attributes;
  const overlap = poolSize[0] > strides[0] || poolSize[1] > strides[1];
  const windows = (write: Write): void => {
    forEachWindow(k, poolGeometry(imageShape, attributes), (rows, columns) => {
      k.for(0, imageShape[2]!, (channel) => {
        forEachFewVectors(k, vectors, (few) => {
          const share = shareOut({ rows, columns, channel, vectors: few });
          forEachElement(k, rows, columns, (y, x) => {
            for (const [i, v] of few.entries()) write([y, x, channel], v, share(y, x, i));
          });
        });
      });
      if (!overlap) clearRestOfCell(context, rows, columns);
    });
  };
  if (!overlap) {
    windows((coordinates, v, share) => context.put(coordinates, v, share));
    return;
  }
  const everywhere = (write: Write): void => {
    forEachPosition(k, type.shape, (coordinates) => {
      k.for(0, vectors, (v) => write(coordinates as [Index, Index, Index], v, float(0)), { unroll: 4 });
    });
  };
  everywhere((coordinates, v, zero) => context.putPartial(coordinates, v, zero));
  windows((coordinates, v, share) => context.putPartial(coordinates, v, add(context.partial(coordinates, v), share)));
  everywhere((coordinates, v) => context.put(coordinates, v, context.partial(coordinates, v)));
}

/** Zero for what lies between a window and the next ones, or between the last ones and the end of the image. */
function clearRestOfCell(
  { k, type, vectors, put }: LoopContext<Pool2dGradOptions>,
  rows: WindowSpan,
  columns: WindowSpan,
): void {
  const clear = (rowFrom: IndexLike, rowTo: IndexLike, columnFrom: IndexLike, columnTo: IndexLike): void => {
    k.for(rowFrom, rowTo, (row) => {
      k.for(columnFrom, columnTo, (column) => {
        k.for(0, type.shape[2]!, (channel) => {
          const coordinates = [rows.start.plus(row), columns.start.plus(column), channel];
          k.for(0, vectors, (v) => put(coordinates, v, float(0)), { unroll: 4 });
        });
      });
    });
  };
  clear(rows.from, rows.to, columns.to, columns.cellTo);
  clear(rows.to, rows.cellTo, columns.from, columns.cellTo);
}

/** The kernel of the gradient of a convolution with respect to its kernel. */
import { WORKSPACE_BYTES } from "../../graph/op.ts";
import type { ElementSumContext, Reader } from "../../graph/op.ts";
import { flatten, Index } from "../../kernel/index-expr.ts";
import { load } from "../../kernel/vec.ts";
import type { Vec } from "../../kernel/vec.ts";
import { putProductSums, SUMS_BYTES } from "../product-sums.ts";
import { evenSegments, MAX_ACCUMULATORS, range, segments } from "../tile.ts";
import { conv2dGeometry } from "./geometry.ts";
import type { Conv2dGeometry, Conv2dKernelGradOptions } from "./geometry.ts";
import { inImage, windowsInside } from "./inside.ts";
import type { Range } from "./inside.ts";

/** Images and windows are walked in blocks of about this many bytes, and for each block all sums are finished. */
const BLOCK_BYTES = 256 * 1024;
/** Sums are computed in blocks of so many channels of the image, as many as a tile has rows, and neighbouring ones of the windows. */
const ROWS = 6;
const COLUMNS = 4;
/** Where so many blocks of sums use the same channels of the image, those are first copied to the workspace. */
const MIN_USES_OF_COPY = 8;
const COPY_BYTES = WORKSPACE_BYTES - SUMS_BYTES;
const VECTOR_BYTES = 16;

export function buildConv2dKernelGrad({
  k,
  inputs,
  attributes,
  type,
  vectors,
  workspace,
  add,
}: ElementSumContext<Conv2dKernelGradOptions>): void {
  const [image, windows] = inputs as [Reader, Reader];
  const geometry = conv2dGeometry(image.type.shape, type.shape, attributes);
  const { y, x, groups, imageGroup, windowGroup } = geometry;
  // Of one channel as many sums are computed at once as there are accumulators.
  const sumColumns = imageGroup === 1 ? MAX_ACCUMULATORS : COLUMNS;
  const copies = windowGroup >= MIN_USES_OF_COPY * sumColumns;
  const block = blockSize(geometry, vectors, copies);

  k.for(0, y.windows.out, (top) => k.for(0, x.windows.out, (left) => visitBlock(top, left), { step: block.columns }), {
    step: block.rows,
  });

  function visitBlock(top: Index, left: Index): void {
    k.for(0, y.kernel, (u) => {
      const rows = windowsInside(k, y, u, top, block.rows);
      k.for(0, x.kernel, (v) => {
        const columns = windowsInside(k, x, v, left, block.columns);
        for (const c of evenSegments(imageGroup, ROWS)) {
          k.for(0, groups, (group) =>
            k.for(
              c.from,
              c.to,
              (channel) => visitChannels({ u, v, group, channel, top, left, rows, columns }, c.size),
              {
                step: c.size,
              },
            ),
          );
        }
      });
    });
  }

  interface Place {
    readonly u: Index;
    readonly v: Index;
    readonly group: Index;
    /** The first of the image's channels, counted within the group. */
    readonly channel: Index;
    /** The block's first window, and those of its windows whose element (u, v) lies inside the image. */
    readonly top: Index;
    readonly left: Index;
    readonly rows: Range;
    readonly columns: Range;
  }

  function visitChannels(place: Place, numChannels: number): void {
    const { u, v, group, channel, top, left } = place;
    const c = group.times(imageGroup).plus(channel);
    const inPlace = (p: Index, q: Index, row: Index, vector: number): Vec =>
      image.at(flatten([inImage(y, p, u), inImage(x, q, v), c.plus(row)], image.type.shape), vector);
    const copyAddress = (p: Index, q: Index, row: Index, vector: number): Index => {
      const window = p.minus(top).times(block.columns).plus(q).minus(left);
      const position = window.times(numChannels).plus(row).times(vectors).plus(vector);
      return position.times(VECTOR_BYTES).plus(workspace).plus(SUMS_BYTES);
    };
    if (copies) {
      forEachWindow(place, (p, q) => {
        for (const row of range(numChannels).map(Index.constant)) {
          for (const vector of range(vectors)) k.store(copyAddress(p, q, row, vector), inPlace(p, q, row, vector));
        }
      });
    }
    const imageAt: ImageReader = copies ? (...at) => load(copyAddress(...at)) : inPlace;
    for (const o of segments(windowGroup, sumColumns)) {
      k.for(o.from, o.to, (output) => addSums(place, imageAt, output, numChannels, o.size), { step: o.size });
    }
  }

  function forEachWindow({ rows, columns }: Place, visit: (p: Index, q: Index) => void): void {
    k.for(rows.from, rows.to, (p) => k.for(columns.from, columns.to, (q) => visit(p, q)));
  }

  function addSums(place: Place, imageAt: ImageReader, output: Index, numRows: number, numColumns: number): void {
    const { u, v, group, channel } = place;
    const o = group.times(windowGroup).plus(output);
    putProductSums(k, {
      rows: numRows,
      columns: numColumns,
      vectors,
      workspace,
      forEachTerm: (multiply) =>
        forEachWindow(place, (p, q) =>
          multiply(
            (row, vector) => imageAt(p, q, row, vector),
            (column, vector) => windows.at(flatten([p, q, o.plus(column)], windows.type.shape), vector),
          ),
        ),
      put: (row, column, count, sum) => add(flatten([u, v, channel.plus(row), o.plus(column)], type.shape), count, sum),
    });
  }
}

/** Reads the image's element under window (p, q), of a channel counted from the first of those at hand. */
type ImageReader = (p: Index, q: Index, row: Index, vector: number) => Vec;

function blockSize(
  { y, x, imageChannels, windowChannels }: Conv2dGeometry,
  vectors: number,
  copies: boolean,
): { rows: number; columns: number } {
  const bytes = (x.stride * y.stride * imageChannels + windowChannels) * vectors * VECTOR_BYTES;
  const size = copies ? COPY_BYTES / (ROWS * vectors * VECTOR_BYTES) : BLOCK_BYTES / bytes;
  const columns = Math.min(x.windows.out, Math.max(4, Math.floor(size)));
  if (columns < x.windows.out) return { rows: 1, columns };
  return { rows: Math.min(y.windows.out, Math.max(1, Math.floor(size / columns))), columns };
}

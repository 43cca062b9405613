/** The kernel of a convolution. */
import type { LoopContext, Reader } from "../../graph/op.ts";
import type { KernelBuilder } from "../../kernel/builder.ts";
import { Index } from "../../kernel/index-expr.ts";
import { evenSegments, forEachVectorBlock, holdForNeighbours, range, rowsPerTile, Tile } from "../tile.ts";
import { windowRuns } from "../window.ts";
import type { WindowRun } from "../window.ts";
import { conv2dGeometry } from "./geometry.ts";
import type { Axis, Conv2dOptions } from "./geometry.ts";

export function buildConv2d({ k, inputs, attributes, vectors, put }: LoopContext<Conv2dOptions>): void {
  const [x, w] = inputs as [Reader, Reader];
  const geometry = conv2dGeometry(x.type.shape, w.type.shape, attributes);
  const { imageChannels, windowChannels } = geometry;
  const maxRows = rowsPerTile(vectors);
  const runs = windowRuns(geometry.x.size, geometry.x.kernel, geometry.x.stride, geometry.x.windows);

  k.for(0, geometry.y.windows.out, (p) => {
    const top = p.times(geometry.y.stride).minus(geometry.y.windows.before);
    const { from, to } = kernelInside(k, geometry.y, top);
    for (const run of runs) {
      for (const channels of evenSegments(windowChannels, maxRows)) {
        // Where channels do not fill the tile, neighbouring windows do.
        const neighbours = Math.max(1, Math.floor(maxRows / channels.size));
        for (const windows of evenSegments(run.to - run.from, neighbours)) {
          k.for(
            run.from + windows.from,
            run.from + windows.to,
            (q) =>
              k.for(channels.from, channels.to, (o) => compute(q, windows.size, o, channels.size, run), {
                step: channels.size,
              }),
            { step: windows.size },
          );
        }
      }
    }

    function compute(q: Index, numWindows: number, o: Index, numChannels: number, run: WindowRun): void {
      forEachVectorBlock(k, vectors, (vector, columns) => {
        const tiles = range(numWindows).map(() => new Tile(k, numChannels, columns));
        k.for(from, to, (u) => {
          const row = top.plus(u).times(geometry.x.size);
          const left = q.times(geometry.x.stride).minus(geometry.x.windows.before - run.kernelFrom);
          const image = row.plus(left).times(imageChannels);
          const kernel = u.times(geometry.x.kernel).plus(run.kernelFrom).times(imageChannels);
          // Along a row of the kernel, its elements and the image's lie side by side: (v, c) is one run of terms.
          const numTerms = (run.kernelTo - run.kernelFrom) * imageChannels;
          const addTerm = (term: Index): void => {
            const weights = range(numChannels).map((i) =>
              w.at(kernel.plus(term).times(windowChannels).plus(o).plus(i)),
            );
            const left = holdForNeighbours(k, weights);
            for (const [i, tile] of tiles.entries()) {
              const start = image.plus(i * geometry.x.stride * imageChannels).plus(term);
              tile.multiplyAdd(
                left,
                range(columns).map((column) => x.at(start, vector.plus(column))),
              );
            }
          };
          k.for(0, numTerms, addTerm, { unroll: numTerms <= 12 ? numTerms : 8 });
        });
        for (const [i, tile] of tiles.entries()) {
          tile.forEach((row, column, sum) => put([p, q.plus(i), o.plus(row)], vector.plus(column), sum));
        }
      });
    }
  });
}

/** The part of the kernel that lies inside the image when the window begins at `start`. */
function kernelInside(
  k: KernelBuilder,
  { size, kernel, stride, windows }: Axis,
  start: Index,
): { from: Index; to: Index } {
  const overruns = (windows.out - 1) * stride - windows.before + kernel > size;
  return {
    from: windows.before > 0 ? k.max(0, Index.constant(0).minus(start)) : Index.constant(0),
    to: overruns ? k.min(kernel, Index.constant(size).minus(start)) : Index.constant(kernel),
  };
}

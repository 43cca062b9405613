/** The kernel of a depthwise convolution. */
import type { LoopContext, Reader } from "../../graph/op.ts";
import type { Index } from "../../kernel/index-expr.ts";
import { kernelInside } from "../conv2d/inside.ts";
import { evenSegments, forEachVectorBlock, range, VECTORS_PER_TILE } from "../tile.ts";
import { windowRuns } from "../window.ts";
import type { WindowRun } from "../window.ts";
import { depthwiseGeometry } from "./geometry.ts";
import type { DepthwiseOptions } from "./geometry.ts";
import { positionsPerRow, SlidingSums } from "./sliding-sums.ts";

export function buildDepthwiseConv2d({ k, inputs, attributes, vectors, put }: LoopContext<DepthwiseOptions>): void {
  const [image, w] = inputs as [Reader, Reader];
  const [height, width] = image.type.shape as [number, number];
  const { y, x, channels, multiplier } = depthwiseGeometry([height, width], w.type.shape, attributes);

  // Each position more is another place in memory that is read from at the same time. Neighbours that share less than half of their
  // columns are not worth it: measured, one at a time takes from a half to three quarters of the time of five.
  const sharesLittle = x.kernel < 2 * x.stride;

  k.for(0, y.windows.out, (p) => {
    const top = p.times(y.stride).minus(y.windows.before);
    const { from, to } = kernelInside(k, y, top);
    for (const run of windowRuns(x.size, x.kernel, x.stride, x.windows, x.dilation)) {
      const perRow = sharesLittle ? 1 : positionsPerRow(run.kernelTo - run.kernelFrom, vectors);
      for (const tile of evenSegments(run.to - run.from, perRow)) {
        k.for(
          run.from + tile.from,
          run.from + tile.to,
          (q) => k.for(0, channels, (c) => k.for(0, multiplier, (m) => compute(q, tile.size, c, m, run))),
          { step: tile.size },
        );
      }
    }

    function compute(q: Index, positions: number, c: Index, m: Index, { kernelFrom, kernelTo }: WindowRun): void {
      const output = c.times(multiplier).plus(m);
      const left = q.times(x.stride).minus(x.windows.before);
      forEachVectorBlock(
        k,
        vectors,
        (first, columns) => {
          const sums = new SlidingSums(k, positions, columns);
          k.for(from, to, (u) => {
            const row = top.plus(u.times(y.dilation)).times(x.size).plus(left);
            const weights = range(kernelTo - kernelFrom).map((tap) => {
              const element = u.times(x.kernel).plus(kernelFrom + tap);
              return w.at(element.times(channels * multiplier).plus(output));
            });
            sums.addRow(
              weights,
              (position, tap) => position * x.stride + (kernelFrom + tap) * x.dilation,
              (column, vector) => image.at(row.plus(column).times(channels).plus(c), first.plus(vector)),
            );
          });
          sums.forEach((position, vector, sum) => put([p, q.plus(position), output], first.plus(vector), sum));
        },
        VECTORS_PER_TILE,
      );
    }
  });
}

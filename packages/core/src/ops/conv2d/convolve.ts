/** The kernel of a convolution. */
import type { LoopContext, Reader } from "../../graph/op.ts";
import type { Index } from "../../kernel/index-expr.ts";
import { evenSegments, forEachVectorBlock, holdForNeighbours, range, rowsPerTile, Tile } from "../tile.ts";
import { windowRuns } from "../window.ts";
import type { WindowRun } from "../window.ts";
import { conv2dGeometry } from "./geometry.ts";
import type { Conv2dOptions } from "./geometry.ts";
import { kernelInside } from "./inside.ts";

export function buildConv2d({ k, inputs, attributes, vectors, put }: LoopContext<Conv2dOptions>): void {
  const [x, w] = inputs as [Reader, Reader];
  const geometry = conv2dGeometry(x.type.shape, w.type.shape, attributes);
  const { imageChannels, windowChannels, groups, imageGroup, windowGroup } = geometry;
  const { size, kernel: width, stride, dilation, windows: across } = geometry.x;
  const maxRows = rowsPerTile(k, vectors);
  const runs = windowRuns(size, width, stride, across, dilation);

  // Along a row of the kernel, its elements and the image's lie side by side: (v, c) is one run of terms. A dilation or groups
  // leave gaps between the v.
  const hasGaps = dilation > 1 || groups > 1;

  k.for(0, geometry.y.windows.out, (p) => {
    const top = p.times(geometry.y.stride).minus(geometry.y.windows.before);
    const { from, to } = kernelInside(k, geometry.y, top);
    for (const run of runs) {
      for (const channels of evenSegments(windowGroup, maxRows)) {
        // Where channels do not fill the tile, neighbouring windows do.
        const neighbours = Math.max(1, Math.floor(maxRows / channels.size));
        for (const windows of evenSegments(run.to - run.from, neighbours)) {
          k.for(
            run.from + windows.from,
            run.from + windows.to,
            (q) =>
              k.for(0, groups, (group) =>
                k.for(channels.from, channels.to, (o) => compute(q, windows.size, group, o, channels.size, run), {
                  step: channels.size,
                }),
              ),
            { step: windows.size },
          );
        }
      }
    }

    function compute(
      q: Index,
      numWindows: number,
      group: Index,
      channel: Index,
      numChannels: number,
      run: WindowRun,
    ): void {
      const o = group.times(windowGroup).plus(channel);
      forEachVectorBlock(k, vectors, (vector, columns) => {
        const tiles = range(numWindows).map(() => new Tile(k, numChannels, columns));
        k.for(from, to, (u) => {
          const row = top.plus(u.times(geometry.y.dilation)).times(size);
          const left = q.times(stride).minus(across.before);
          const addTerms = (v: number, numTerms: number): void => {
            const image = row
              .plus(left)
              .plus(v * dilation)
              .times(imageChannels)
              .plus(group.times(imageGroup));
            const kernel = u.times(width).plus(v).times(imageGroup);
            const addTerm = (term: Index): void => {
              const weights = range(numChannels).map((i) =>
                w.at(kernel.plus(term).times(windowChannels).plus(o).plus(i)),
              );
              const held = holdForNeighbours(k, weights);
              for (const [i, tile] of tiles.entries()) {
                const start = image.plus(i * stride * imageChannels).plus(term);
                tile.multiplyAdd(
                  held,
                  range(columns).map((column) => x.at(start, vector.plus(column))),
                );
              }
            };
            k.for(0, numTerms, addTerm, { unroll: numTerms <= 12 ? numTerms : 8 });
          };
          const { kernelFrom, kernelTo } = run;
          if (!hasGaps) addTerms(kernelFrom, (kernelTo - kernelFrom) * imageGroup);
          else for (let v = kernelFrom; v < kernelTo; v++) addTerms(v, imageGroup);
        });
        for (const [i, tile] of tiles.entries()) {
          tile.forEachRow((row, column, sum) => put([p, q.plus(i), o.plus(row)], vector.plus(column), sum));
        }
      });
    }
  });
}

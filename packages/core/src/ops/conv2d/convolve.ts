/** The kernel of a convolution. */
import type { LoopContext, Reader } from "../../graph/op.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Index } from "../../kernel/index-expr.ts";
import { evenSegments, forEachVectorBlock, holdForNeighbours, range, rowsPerTile, Tile } from "../tile.ts";
import { windowRuns } from "../window.ts";
import type { WindowRun } from "../window.ts";
import { conv2dGeometry } from "./geometry.ts";
import type { Conv2dOptions } from "./geometry.ts";
import { kernelInside } from "./inside.ts";

/** What of a second-level cache of 1 MiB one operand may fill. */
const CACHE_BYTES = 768 * 1024;
const FLOAT_BYTES = 4;

/** A row of windows, and the rows of the kernel that meet the image there. */
interface WindowRow {
  readonly p: Index;
  readonly top: Index;
  readonly from: Index;
  readonly to: Index;
}

/** Neighbouring windows in a row, that all meet the same columns of the kernel. */
interface WindowTile {
  readonly q: Index;
  readonly count: number;
  readonly run: WindowRun;
}

/** Neighbouring channels of the result, within a group. */
interface ChannelTile {
  readonly group: Index;
  readonly channel: Index;
  readonly count: number;
}

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

  // The operand that is passed over in the inner loop comes from a cache. Usually that is the kernel, for each few windows; a large
  // kernel over a small image would come from memory for each of them.
  const imageFits = sizeOf(x.type.shape) * vectors * 4 * FLOAT_BYTES <= CACHE_BYTES;
  const kernelFits = sizeOf(w.type.shape) * FLOAT_BYTES <= CACHE_BYTES;
  for (const { from, to, size: count } of evenSegments(windowGroup, maxRows)) {
    const forEachChannel = (body: (channels: ChannelTile) => void): void =>
      k.for(0, groups, (group) => k.for(from, to, (channel) => body({ group, channel, count }), { step: count }));
    if (imageFits && !kernelFits) {
      forEachChannel((channels) => forEachWindow(count, (row, windows) => compute(row, windows, channels)));
    } else {
      forEachWindow(count, (row, windows) => forEachChannel((channels) => compute(row, windows, channels)));
    }
  }

  function forEachWindow(numChannels: number, body: (row: WindowRow, windows: WindowTile) => void): void {
    // Where channels do not fill the tile, neighbouring windows do.
    const neighbours = Math.max(1, Math.floor(maxRows / numChannels));
    k.for(0, geometry.y.windows.out, (p) => {
      const top = p.times(geometry.y.stride).minus(geometry.y.windows.before);
      const row = { p, top, ...kernelInside(k, geometry.y, top) };
      for (const run of runs) {
        for (const { from, to, size: count } of evenSegments(run.to - run.from, neighbours)) {
          k.for(run.from + from, run.from + to, (q) => body(row, { q, count, run }), { step: count });
        }
      }
    });
  }

  function compute({ p, top, from, to }: WindowRow, windows: WindowTile, channels: ChannelTile): void {
    const { q, run } = windows;
    const { group, channel } = channels;
    const o = group.times(windowGroup).plus(channel);
    forEachVectorBlock(k, vectors, (vector, columns) => {
      const tiles = range(windows.count).map(() => new Tile(k, channels.count, columns));
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
            const weights = range(channels.count).map((i) =>
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
}

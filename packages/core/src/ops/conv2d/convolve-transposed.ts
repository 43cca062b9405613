/** The kernel of a transposed convolution: positions of one phase (see `phases.ts`) see the same part of the kernel. */
import type { LoopContext, Reader } from "../../graph/op.ts";
import type { Index } from "../../kernel/index-expr.ts";
import { evenSegments, forEachVectorBlock, holdForNeighbours, range, rowsPerTile, Tile } from "../tile.ts";
import { transposeGeometry } from "./geometry.ts";
import type { Conv2dTransposeOptions } from "./geometry.ts";
import { tapsInside } from "./inside.ts";
import type { Range } from "./inside.ts";
import { imagePosition, phaseRuns, phases, windowOf } from "./phases.ts";
import type { Phase, PhaseRun } from "./phases.ts";

export function buildConv2dTranspose({
  k,
  inputs,
  attributes,
  vectors,
  put,
}: LoopContext<Conv2dTransposeOptions>): void {
  const [windows, w] = inputs as [Reader, Reader];
  const geometry = transposeGeometry(w.type.shape, attributes);
  const { y, x, windowChannels, groups, imageGroup, windowGroup } = geometry;
  const maxRows = rowsPerTile(k, vectors);

  for (const down of phases(y)) {
    k.for(down.from, down.to, (P) => {
      const inside = tapsInside(k, down, P, y.windows.out);
      for (const across of phases(x)) {
        for (const run of phaseRuns(across, x.windows.out)) {
          for (const channels of evenSegments(imageGroup, maxRows)) {
            const neighbours = Math.max(1, Math.floor(maxRows / channels.size));
            for (const positions of evenSegments(run.to - run.from, neighbours)) {
              k.for(
                run.from + positions.from,
                run.from + positions.to,
                (Q) =>
                  k.for(0, groups, (group) =>
                    k.for(
                      channels.from,
                      channels.to,
                      (c) => compute({ P, Q, group, c, inside, down, across, run }, positions.size, channels.size),
                      { step: channels.size },
                    ),
                  ),
                { step: positions.size },
              );
            }
          }
        }
      }
    });
  }

  interface Place {
    readonly P: Index;
    readonly Q: Index;
    readonly group: Index;
    /** The first of the channels, counted within the group. */
    readonly c: Index;
    /** The taps of `down` that meet windows. */
    readonly inside: Range;
    readonly down: Phase;
    readonly across: Phase;
    readonly run: PhaseRun;
  }

  function compute({ P, Q, group, c, inside, down, across, run }: Place, numPositions: number, rows: number): void {
    const taps = range(run.tapTo - run.tapFrom).map((i) => run.tapFrom + i);
    const firstOutput = group.times(windowGroup);
    forEachVectorBlock(k, vectors, (vector, columns) => {
      const tiles = range(numPositions).map(() => new Tile(k, rows, columns));
      k.for(inside.from, inside.to, (s) => {
        const kernelRow = s.times(down.kernelStep).plus(down.kernelFrom).times(x.kernel);
        const windowRow = P.plus(down.windowFrom).plus(s.times(down.windowStep)).times(x.windows.out);
        const addTerm = (o: Index): void => {
          const output = firstOutput.plus(o);
          for (const t of taps) {
            const kernel = kernelRow.plus(across.kernelFrom + t * across.kernelStep).times(imageGroup);
            const window = windowRow.plus(Q).plus(windowOf(across, t)).times(windowChannels).plus(output);
            const weights = range(rows).map((i) => w.at(kernel.plus(c).plus(i).times(windowChannels).plus(output)));
            const left = holdForNeighbours(k, weights);
            for (const [i, tile] of tiles.entries()) {
              const at = window.plus(i * windowChannels);
              tile.multiplyAdd(
                left,
                range(columns).map((column) => windows.at(at, vector.plus(column))),
              );
            }
          }
        };
        const unroll = Math.max(1, Math.floor(6 / Math.max(1, taps.length)));
        k.for(0, windowGroup, addTerm, { unroll });
      });
      const channel = group.times(imageGroup).plus(c);
      for (const [i, tile] of tiles.entries()) {
        const row = imagePosition(y, down, P);
        const column = imagePosition(x, across, Q.plus(i));
        tile.forEachRow((nth, lane, sum) => put([row, column, channel.plus(nth)], vector.plus(lane), sum));
      }
    });
  }
}

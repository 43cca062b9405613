/** The kernel of a depthwise convolution's gradient with respect to its image, in phases as in `conv2d/phases.ts`. */
import type { LoopContext, Reader } from "../../graph/op.ts";
import type { Index } from "../../kernel/index-expr.ts";
import { tapsInside } from "../conv2d/inside.ts";
import type { Range } from "../conv2d/inside.ts";
import { imagePosition, phaseRuns, phases, windowOf } from "../conv2d/phases.ts";
import type { Phase, PhaseRun } from "../conv2d/phases.ts";
import { evenSegments, forEachVectorBlock, range, VECTORS_PER_TILE } from "../tile.ts";
import { depthwiseGeometry } from "./geometry.ts";
import type { DepthwiseTransposeOptions } from "./geometry.ts";
import { positionsPerRow, SlidingSums } from "./sliding-sums.ts";

export function buildDepthwiseConv2dTranspose({
  k,
  inputs,
  attributes,
  vectors,
  put,
}: LoopContext<DepthwiseTransposeOptions>): void {
  const [windows, w] = inputs as [Reader, Reader];
  const { y, x, channels, multiplier } = depthwiseGeometry(attributes.outputSize, w.type.shape, attributes);

  for (const down of phases(y)) {
    k.for(down.from, down.to, (P) => {
      const inside = tapsInside(k, down, P, y.windows.out);
      for (const across of phases(x)) {
        for (const run of phaseRuns(across, x.windows.out)) {
          const perRow = positionsPerRow(run.tapTo - run.tapFrom, vectors);
          for (const tile of evenSegments(run.to - run.from, perRow)) {
            k.for(
              run.from + tile.from,
              run.from + tile.to,
              (Q) => k.for(0, channels, (c) => compute({ P, Q, c, inside, down, across, run }, tile.size)),
              { step: tile.size },
            );
          }
        }
      }
    });
  }

  interface Place {
    readonly P: Index;
    readonly Q: Index;
    readonly c: Index;
    /** The taps of `down` that meet windows. */
    readonly inside: Range;
    readonly down: Phase;
    readonly across: Phase;
    readonly run: PhaseRun;
  }

  function compute({ P, Q, c, inside, down, across, run }: Place, positions: number): void {
    const taps = range(run.tapTo - run.tapFrom).map((i) => run.tapFrom + i);
    forEachVectorBlock(
      k,
      vectors,
      (first, columns) => {
        const sums = new SlidingSums(k, positions, columns);
        k.for(inside.from, inside.to, (s) => {
          const kernelRow = s.times(down.kernelStep).plus(down.kernelFrom).times(x.kernel);
          const windowRow = P.plus(down.windowFrom).plus(s.times(down.windowStep)).times(x.windows.out).plus(Q);
          k.for(0, multiplier, (m) => {
            const output = c.times(multiplier).plus(m);
            const weights = taps.map((t) => {
              const element = kernelRow.plus(across.kernelFrom + t * across.kernelStep);
              return w.at(element.times(channels * multiplier).plus(output));
            });
            sums.addRow(
              weights,
              (position, tap) => position + windowOf(across, taps[tap]!),
              (column, vector) =>
                windows.at(
                  windowRow
                    .plus(column)
                    .times(channels * multiplier)
                    .plus(output),
                  first.plus(vector),
                ),
            );
          });
        });
        const row = imagePosition(y, down, P);
        sums.forEach((position, vector, sum) =>
          put([row, imagePosition(x, across, Q.plus(position)), c], first.plus(vector), sum),
        );
      },
      VECTORS_PER_TILE,
    );
  }
}

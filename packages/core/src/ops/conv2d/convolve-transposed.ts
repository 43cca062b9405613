/**
 * The kernel of a transposed convolution.
 *
 * Along an axis, write i + b = s·Q + r with 0 ≤ r < s. Then u = r + s·t and p = Q − t for t = 0, 1, …: positions of one
 * phase r see the same part of the kernel, and no step divides.
 */
import type { LoopContext, Reader } from "../../graph/op.ts";
import { Index } from "../../kernel/index-expr.ts";
import { evenSegments, forEachVectorBlock, holdForNeighbours, range, rowsPerTile, Tile } from "../tile.ts";
import { transposeGeometry } from "./geometry.ts";
import type { Axis, Conv2dTransposeOptions } from "./geometry.ts";

/** Image positions i = s·Q + r − b of one phase r, for from ≤ Q < to. */
interface Phase {
  readonly r: number;
  readonly from: number;
  readonly to: number;
  /** How many kernel elements u = r + s·t there are. */
  readonly numTaps: number;
}

function phases({ size, kernel, stride, windows }: Axis): Phase[] {
  return range(Math.min(stride, size)).map((first) => {
    const r = (first + windows.before) % stride;
    const from = (first + windows.before - r) / stride;
    const count = Math.ceil((size - first) / stride);
    return { r, from, to: from + count, numTaps: Math.max(0, Math.ceil((kernel - r) / stride)) };
  });
}

/** Positions of a phase that see the same windows p = Q − t, tapFrom ≤ t < tapTo. */
interface PhaseRun {
  readonly from: number;
  readonly to: number;
  readonly tapFrom: number;
  readonly tapTo: number;
}

function phaseRuns(phase: Phase, numWindows: number): PhaseRun[] {
  const runs: PhaseRun[] = [];
  for (let q = phase.from; q < phase.to; q++) {
    const tapFrom = Math.max(0, q - (numWindows - 1));
    const tapTo = Math.max(tapFrom, Math.min(phase.numTaps, q + 1));
    const last = runs.at(-1);
    if (last?.tapFrom === tapFrom && last.tapTo === tapTo) runs[runs.length - 1] = { ...last, to: q + 1 };
    else runs.push({ from: q, to: q + 1, tapFrom, tapTo });
  }
  return runs;
}

export function buildConv2dTranspose({
  k,
  inputs,
  attributes,
  vectors,
  put,
}: LoopContext<Conv2dTransposeOptions>): void {
  const [windows, w] = inputs as [Reader, Reader];
  const geometry = transposeGeometry(w.type.shape, attributes);
  const { y, x, imageChannels, windowChannels } = geometry;
  const maxRows = rowsPerTile(vectors);

  for (const down of phases(y)) {
    k.for(down.from, down.to, (P) => {
      const tapFrom = down.to > y.windows.out ? k.max(0, P.minus(y.windows.out - 1)) : Index.constant(0);
      const tapTo = down.from + 1 < down.numTaps ? k.min(down.numTaps, P.plus(1)) : Index.constant(down.numTaps);
      for (const across of phases(x)) {
        for (const run of phaseRuns(across, x.windows.out)) {
          for (const channels of evenSegments(imageChannels, maxRows)) {
            const neighbours = Math.max(1, Math.floor(maxRows / channels.size));
            for (const positions of evenSegments(run.to - run.from, neighbours)) {
              k.for(
                run.from + positions.from,
                run.from + positions.to,
                (Q) =>
                  k.for(
                    channels.from,
                    channels.to,
                    (c) => compute({ P, Q, c, tapFrom, tapTo, down, across, run }, positions.size, channels.size),
                    { step: channels.size },
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
    readonly c: Index;
    readonly tapFrom: Index;
    readonly tapTo: Index;
    readonly down: Phase;
    readonly across: Phase;
    readonly run: PhaseRun;
  }

  function compute({ P, Q, c, tapFrom, tapTo, down, across, run }: Place, numPositions: number, rows: number): void {
    const taps = range(run.tapTo - run.tapFrom).map((i) => run.tapFrom + i);
    forEachVectorBlock(k, vectors, (vector, columns) => {
      const tiles = range(numPositions).map(() => new Tile(k, rows, columns));
      k.for(tapFrom, tapTo, (s) => {
        const kernelRow = s.times(y.stride).plus(down.r).times(x.kernel);
        const windowRow = P.minus(s).times(x.windows.out);
        const addTerm = (o: Index): void => {
          for (const t of taps) {
            const kernel = kernelRow.plus(across.r + x.stride * t).times(imageChannels);
            const window = windowRow.plus(Q).minus(t).times(windowChannels).plus(o);
            const weights = range(rows).map((i) => w.at(kernel.plus(c).plus(i).times(windowChannels).plus(o)));
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
        k.for(0, windowChannels, addTerm, { unroll });
      });
      for (const [i, tile] of tiles.entries()) {
        const image = (q: Index, stride: number, r: number, before: number): Index => q.times(stride).plus(r - before);
        const row = image(P, y.stride, down.r, y.windows.before);
        const column = image(Q.plus(i), x.stride, across.r, x.windows.before);
        tile.forEach((channel, lane, sum) => put([row, column, c.plus(channel)], vector.plus(lane), sum));
      }
    });
  }
}

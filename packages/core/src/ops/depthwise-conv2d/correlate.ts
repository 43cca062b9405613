/**
 * The kernel of the gradient of a depthwise convolution with respect to its kernel.
 *
 * Channels are the inner loop, so that memory is read in order. For each, all sums of a small kernel stay in registers while a
 * few windows pass by.
 */
import type { Reader, SumContext } from "../../graph/op.ts";
import { value } from "../../kernel/builder.ts";
import { flatten, Index } from "../../kernel/index-expr.ts";
import { add, float, multiplyAdd } from "../../kernel/vec.ts";
import type { Vec } from "../../kernel/vec.ts";
import { inImage, kernelInside } from "../conv2d/inside.ts";
import { evenSegments, MAX_ACCUMULATORS, range } from "../tile.ts";
import { dilatedSize, windowRuns } from "../window.ts";
import type { WindowRun } from "../window.ts";
import { depthwiseGeometry } from "./geometry.ts";
import type { DepthwiseKernelGradOptions } from "./geometry.ts";
import { usesByColumn } from "./uses-by-column.ts";

/**
 * Neighbouring windows that are added up before their sums go back to memory. More of them would save additions; but neighbours
 * are a power of two of bytes apart where channels are one, and then compete for the same few lines of a first-level cache: of 384
 * channels, four and five ran at 35 GFLOP/s, six and eight at 27.
 */
const WINDOWS_PER_TILE = 5;
const MAX_COPIES = 4;
/** As many windows are held in registers as overlap, if they are so few. */
const MOST_HELD_WINDOWS = 3;

export function buildDepthwiseConv2dKernelGrad({
  k,
  inputs,
  attributes,
  type,
  vectors,
  sum,
  setSum,
}: SumContext<DepthwiseKernelGradOptions>): void {
  const [image, windows] = inputs as [Reader, Reader];
  const [height, width] = image.type.shape as [number, number];
  const { y, x, channels, multiplier } = depthwiseGeometry([height, width], type.shape, attributes);
  const holdsWindows = dilatedSize(x.kernel, x.dilation) <= MOST_HELD_WINDOWS * x.stride;

  // Small kernels are summed at once, larger ones row by row.
  if (y.kernel * x.kernel <= MAX_ACCUMULATORS) {
    for (const { from, to, kernelFrom, kernelTo } of windowRuns(y.size, y.kernel, y.stride, y.windows, y.dilation)) {
      const rows = range(kernelTo - kernelFrom).map((i) => Index.constant(kernelFrom + i));
      k.for(from, to, (p) => addRows(p, rows));
    }
  } else {
    k.for(0, y.windows.out, (p) => {
      const { from, to } = kernelInside(k, y, p.times(y.stride).minus(y.windows.before));
      k.for(from, to, (u) => addRows(p, [u]));
    });
  }

  /** Adds what row `p` of the windows contributes to rows of the kernel. */
  function addRows(p: Index, rows: readonly Index[]): void {
    for (const run of windowRuns(x.size, x.kernel, x.stride, x.windows, x.dilation)) {
      for (const tile of evenSegments(run.to - run.from, WINDOWS_PER_TILE)) {
        k.for(
          run.from + tile.from,
          run.from + tile.to,
          (q) => k.for(0, channels, (c) => k.for(0, multiplier, (m) => addTile({ p, q, c, m, rows, run }, tile.size))),
          { step: tile.size },
        );
      }
    }
  }

  interface Place {
    readonly p: Index;
    readonly q: Index;
    readonly c: Index;
    readonly m: Index;
    readonly rows: readonly Index[];
    readonly run: WindowRun;
  }

  function addTile({ p, q, c, m, rows, run }: Place, numWindows: number): void {
    const taps = range(run.kernelTo - run.kernelFrom).map((i) => run.kernelFrom + i);
    const output = c.times(multiplier).plus(m);
    const weight = (u: Index, v: number): Index => flatten([u, v, c, m], type.shape);
    // Of few sums there are copies for every other window, so that additions need not wait for each other.
    const copies = Math.min(MAX_COPIES, Math.floor(MAX_ACCUMULATORS / Math.max(1, rows.length * taps.length)));
    const sums = rows.map((u) =>
      taps.map((v) => range(copies).map((copy) => k.accumulator(copy === 0 ? sum(weight(u, v)) : float(0)))),
    );
    const columns = usesByColumn(
      numWindows,
      taps.length,
      (position, tap) => position * x.stride + taps[tap]! * x.dilation,
    );

    k.for(0, vectors, (vector) => {
      const held = new Map<number, Vec>();
      const windowAt = (position: number): Vec => {
        const read = windows.at(flatten([p, q.plus(position), output], windows.type.shape), vector);
        if (!holdsWindows) return read;
        const known = held.get(position) ?? k.let(read);
        held.set(position, known);
        return known;
      };
      for (const [column, uses] of columns) {
        for (const [i, u] of rows.entries()) {
          const at = [inImage(y, p, u), q.times(x.stride).plus(column - x.windows.before), c];
          const pixel = k.let(image.at(flatten(at, image.type.shape), vector));
          for (const { position, tap } of uses) {
            const total = sums[i]![tap]![position % copies]!;
            k.assign(total, multiplyAdd(windowAt(position), pixel, value(total)));
          }
        }
      }
    });
    for (const [i, u] of rows.entries()) {
      for (const [j, v] of taps.entries()) setSum(weight(u, v), sums[i]![j]!.map(value).reduce(add));
    }
  }
}

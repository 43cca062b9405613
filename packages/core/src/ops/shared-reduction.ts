/**
 * Reductions of shared tensors: norms of gradients and weights, penalties. Lanes are elements: terms of one result where the
 * innermost axis is reduced, neighbouring results where it is kept. Threads share the results; which of them computes
 * one changes nothing about the order of its terms.
 */
import type { SharedContext, SharedLoops } from "../graph/op.ts";
import { sizeOf } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { value } from "../kernel/builder.ts";
import type { KernelBuilder } from "../kernel/builder.ts";
import { Index } from "../kernel/index-expr.ts";
import { float, shuffle } from "../kernel/vec.ts";
import type { Local, Vec } from "../kernel/vec.ts";
import type { ReductionAttributes } from "./axes.ts";
import { forEachOffset, splitAxes } from "./reduction-loops.ts";
import type { LoopAxis } from "./reduction-loops.ts";
import { range, segments } from "./tile.ts";

/** How two partial results become one; in any order, but for rounding. */
export interface Reduction {
  readonly initial: number;
  combine(a: Vec, b: Vec): Vec;
}

/** A cache line: four vectors of four lanes, and as many independent chains of operations. */
const BLOCK = 16;

export function sharedReduction(reduction: Reduction): SharedLoops<ReductionAttributes> {
  return {
    units: ([x], { axes }) => {
      const { kept, reduced } = mergeAxes(x!.shape, axes);
      if (lanesAreTerms(reduced)) return countOf(kept);
      return countOf(kept.slice(0, -1)) * Math.ceil(kept.at(-1)!.size / BLOCK);
    },
    build: (context) => {
      const { kept, reduced } = mergeAxes(context.inputs[0]!.type.shape, context.attributes.axes);
      const build = lanesAreTerms(reduced) ? reduceTerms : reduceNeighbours;
      build(context, reduction, kept, reduced);
    },
  };
}

type Axes = readonly LoopAxis[];

/** The kept and the reduced axes, neighbours merged into one each, without axes of size 1. */
function mergeAxes(shape: Shape, axes: readonly number[]): { kept: Axes; reduced: Axes } {
  const isLong = ({ size }: LoopAxis): boolean => size > 1;
  return {
    kept: splitAxes(shape, (axis) => !axes.includes(axis)).reduced.filter(isLong),
    reduced: splitAxes(shape, (axis) => axes.includes(axis)).reduced.filter(isLong),
  };
}

/** Whether neighbours in memory belong to the same result. */
function lanesAreTerms(reduced: Axes): boolean {
  const last = reduced.at(-1);
  return last === undefined || last.stride === 1;
}

/** A unit is one result: the lanes of four vectors, and what is left over, are combined at the end. */
function reduceTerms(
  { k, inputs: [x], from, to, put }: SharedContext<ReductionAttributes>,
  reduction: Reduction,
  kept: Axes,
  reduced: Axes,
): void {
  const length = reduced.at(-1)?.size ?? 1;
  const fours = length - (length % 4);
  const blocks = length - (length % BLOCK);
  k.for(from, to, (unit) => {
    const partials = range(BLOCK / 4).map(() => k.accumulator(float(reduction.initial)));
    const rest = k.accumulator(float(reduction.initial));
    const start = offsetOf(k, unit, kept);
    forEachOffset(k, reduced.slice(0, -1), (outer) => {
      const first = start.plus(outer);
      const addBlock = (offset: Index): void => {
        for (const [i, partial] of partials.entries()) {
          include(k, reduction, partial, x!.four(first.plus(offset).plus(4 * i)));
        }
      };
      k.for(0, blocks, addBlock, { step: BLOCK });
      k.for(blocks, fours, (offset) => include(k, reduction, partials[0]!, x!.four(first.plus(offset))), { step: 4 });
      k.for(fours, length, (offset) => include(k, reduction, rest, x!.at(first.plus(offset))));
    });
    const [a, b, c, d] = partials.map(value) as [Vec, Vec, Vec, Vec];
    const join = (left: Vec, right: Vec): Vec => k.let(reduction.combine(left, right));
    const lanes = join(join(a, b), join(c, d));
    const pairs = join(lanes, k.let(shuffle([2, 3, 0, 1], lanes, lanes)));
    put(unit, 1, join(join(pairs, k.let(shuffle([1, 0, 3, 2], pairs, pairs))), value(rest)));
  });
}

/** A unit is a block of neighbouring results, each in a lane of its own: the whole blocks first, then what each row has left. */
function reduceNeighbours(
  { k, inputs: [x], from, to, put }: SharedContext<ReductionAttributes>,
  reduction: Reduction,
  kept: Axes,
  reduced: Axes,
): void {
  const rowLength = kept.at(-1)!.size;
  const outer = kept.slice(0, -1);
  let firstUnit = 0;
  for (const { from: begin, size, count } of segments(rowLength, BLOCK)) {
    const start = firstUnit;
    firstUnit += countOf(outer) * count;
    k.for(k.max(from, start), k.min(to, firstUnit), (unit) => {
      const block = unit.minus(start);
      const row = k.floorDivide(block, count);
      const column = (count === 1 ? Index.constant(0) : k.remainder(block, count)).times(size).plus(begin);
      const first = offsetOf(k, row, outer).plus(column);
      const numFours = Math.floor(size / 4);
      const pieces = range(numFours + (size % 4)).map((i) => ({
        ...(i < numFours ? { offset: 4 * i, lanes: 4 as const } : { offset: i + 3 * numFours, lanes: 1 as const }),
        result: k.accumulator(float(reduction.initial)),
      }));
      forEachOffset(k, reduced, (term) => {
        for (const { offset, lanes, result } of pieces) {
          const position = first.plus(term).plus(offset);
          include(k, reduction, result, lanes === 4 ? x!.four(position) : x!.at(position));
        }
      });
      for (const { offset, lanes, result } of pieces) {
        put(row.times(rowLength).plus(column).plus(offset), lanes, value(result));
      }
    });
  }
}

function include(k: KernelBuilder, { combine }: Reduction, partial: Local, next: Vec): void {
  k.assign(partial, combine(value(partial), k.let(next)));
}

/** Where the element number `index` along `axes`, row-major, begins. */
function offsetOf(k: KernelBuilder, index: Index, axes: Axes): Index {
  let rest = index;
  let offset = Index.constant(0);
  for (const [axis, { size, stride }] of [...axes.entries()].toReversed()) {
    offset = offset.plus((axis === 0 ? rest : k.remainder(rest, size)).times(stride));
    if (axis > 0) rest = k.floorDivide(rest, size);
  }
  return offset;
}

function countOf(axes: Axes): number {
  return sizeOf(axes.map(({ size }) => size));
}

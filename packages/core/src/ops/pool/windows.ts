/** Loops over the windows of a pooling, and over the elements inside one. */
import type { KernelBuilder } from "../../kernel/builder.ts";
import { flatten, Index } from "../../kernel/index-expr.ts";
import type { IndexLike } from "../../kernel/index-expr.ts";
import type { Reader } from "../../graph/op.ts";
import type { Vec } from "../../kernel/vec.ts";
import { windowRuns } from "../window.ts";
import type { PoolAxis, PoolGeometry } from "./geometry.ts";

/** Along one axis, a window's position and what of it lies inside the image. */
export interface WindowSpan {
  readonly position: Index;
  /** Where the window begins; before the image, where it is padded. */
  readonly start: Index;
  /** The part inside the image, counted from the start. */
  readonly from: IndexLike;
  readonly to: IndexLike;
  /** The end of the cell: the elements that belong to no other window, where windows do not overlap. */
  readonly cellTo: number;
}

/**
 * More kinds of windows than this along one axis are told apart while running instead of by separate code. Windows that do
 * not overlap have no more: those at either border and those between.
 */
const MOST_RUNS = 3;
/** Windows of at most so many elements are written out. */
const UNROLLED_ELEMENTS = 16;

/** Visits every window, row by row. */
export function forEachWindow(
  k: KernelBuilder,
  { y, x }: PoolGeometry,
  body: (rows: WindowSpan, columns: WindowSpan) => void,
): void {
  forEachSpan(k, y, (rows) => forEachSpan(k, x, (columns) => body(rows, columns)));
}

function forEachSpan(k: KernelBuilder, axis: PoolAxis, body: (span: WindowSpan) => void): void {
  const { size, kernel, stride, windows } = axis;
  const runs = cellRuns(axis);
  if (runs.length <= MOST_RUNS) {
    for (const run of runs) {
      k.for(0, run.to - run.from, (index) => {
        const position = index.plus(run.from);
        const start = position.times(stride).minus(windows.before);
        body({ position, start, from: run.kernelFrom, to: run.kernelTo, cellTo: run.cellTo });
      });
    }
    return;
  }
  k.for(0, windows.out, (position) => {
    const start = position.times(stride).minus(windows.before);
    const from = k.max(0, start.times(-1));
    const to = k.min(kernel, Index.constant(size).minus(start));
    body({ position, start, from, to, cellTo: stride });
  });
}

interface CellRun {
  readonly from: number;
  readonly to: number;
  readonly kernelFrom: number;
  readonly kernelTo: number;
  readonly cellTo: number;
}

/** Window positions in runs of equal kind: a cell reaches to the next window, the last one to the end of the image. */
function cellRuns({ size, kernel, stride, windows }: PoolAxis): CellRun[] {
  const last = windows.out - 1;
  const lastCellTo = size - (last * stride - windows.before);
  return windowRuns(size, kernel, stride, windows).flatMap((run) => {
    const cells = { ...run, cellTo: stride };
    if (kernel > stride || run.to <= last || lastCellTo === stride) return [cells];
    const lastCell = { ...run, from: last, cellTo: lastCellTo };
    return run.from === last ? [lastCell] : [{ ...cells, to: last }, lastCell];
  });
}

/** Visits the elements of a window that lie inside the image, row by row. */
export function forEachElement(
  k: KernelBuilder,
  rows: WindowSpan,
  columns: WindowSpan,
  visit: (y: Index, x: Index) => void,
): void {
  const unroll = (span: WindowSpan): { unroll: number } => ({
    unroll: isWrittenOut(rows, columns) ? (lengthOf(span) ?? 1) : 1,
  });
  k.for(
    rows.from,
    rows.to,
    (row) => {
      const y = rows.start.plus(row);
      k.for(columns.from, columns.to, (column) => visit(y, columns.start.plus(column)), unroll(columns));
    },
    unroll(rows),
  );
}

/** Whether every element of the window gets code of its own, instead of a loop. */
export function isWrittenOut(rows: WindowSpan, columns: WindowSpan): boolean {
  return (lengthOf(rows) ?? Infinity) * (lengthOf(columns) ?? Infinity) <= UNROLLED_ELEMENTS;
}

/** The length of the part inside the image, where it is known beforehand. */
export function lengthOf({ from, to }: WindowSpan): number | undefined {
  return Index.from(to).minus(from).known;
}

/** Reads elements of images; one that is read twice under the same index stays in a register. */
export function imageReader(
  k: KernelBuilder,
  image: Reader,
  channel: Index,
): (y: Index, x: Index, vector: Index) => Vec {
  const known = new Map<string, Vec>();
  return (y, x, vector) => {
    const position = flatten([y, x, channel], image.type.shape);
    const key = `${vector.toString()}: ${position.toString()}`;
    const value = known.get(key) ?? k.let(image.at(position, vector));
    known.set(key, value);
    return value;
  };
}

/**
 * The inner part of every contraction: a tile of accumulators in registers.
 *
 * Sixteen 128-bit registers hold eight accumulators, the operands of one step and a spare. A step loads `rows` weights
 * (one number for all lanes) and `vectors` lane vectors and does rows × vectors multiply-adds.
 */
import { value } from "../kernel/builder.ts";
import type { KernelBuilder } from "../kernel/builder.ts";
import { float, multiplyAdd } from "../kernel/vec.ts";
import type { Local, Vec } from "../kernel/vec.ts";

const NUM_ACCUMULATORS = 8;

export class Tile {
  readonly rows: number;
  readonly columns: number;
  readonly #k: KernelBuilder;
  readonly #accumulators: readonly Local[];

  constructor(k: KernelBuilder, rows: number, columns: number, initial?: (row: number, column: number) => Vec) {
    this.#k = k;
    this.rows = rows;
    this.columns = columns;
    this.#accumulators = Array.from({ length: rows * columns }, (_, i) =>
      k.accumulator(initial?.(Math.floor(i / columns), i % columns) ?? float(0)),
    );
  }

  /** Adds left[row] · right[column] to every accumulator. */
  multiplyAdd(left: readonly Vec[], right: readonly Vec[]): void {
    const columns = right.map((vec) => this.#k.let(vec));
    for (const [row, vec] of left.entries()) {
      const factor = this.#k.let(vec);
      for (const [column, other] of columns.entries()) {
        const accumulator = this.#at(row, column);
        this.#k.assign(accumulator, multiplyAdd(factor, other, value(accumulator)));
      }
    }
  }

  /** The current sum of one accumulator. */
  get(row: number, column: number): Vec {
    return value(this.#at(row, column));
  }

  forEach(visit: (row: number, column: number, sum: Vec) => void): void {
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++) visit(row, column, this.get(row, column));
    }
  }

  #at(row: number, column: number): Local {
    return this.#accumulators[row * this.columns + column] as Local;
  }
}

/**
 * The tile for a product of lane vectors with lane vectors, of at most 9 accumulators (a 3×3 tile loads least, but only
 * where threes fit). A step of a tile takes as long as its multiply-adds (two a cycle), its loads (two a cycle) or the latency of
 * one multiply-add (four cycles), whichever is longest.
 */
export function chooseTile(rows: number, columns: number): { rows: number; columns: number } {
  let best = { rows: 1, columns: 1, cost: Infinity };
  for (let r = 1; r <= Math.min(rows, NUM_ACCUMULATORS); r++) {
    for (let c = 1; c <= Math.min(columns, NUM_ACCUMULATORS) && r * c <= NUM_ACCUMULATORS + 1; c++) {
      let cost = 0;
      for (const a of segments(rows, r)) {
        for (const b of segments(columns, c)) {
          const tiles = ((a.to - a.from) / a.size) * ((b.to - b.from) / b.size);
          cost += tiles * Math.max((a.size * b.size) / 2, (a.size + b.size) / 2, 4);
        }
      }
      if (cost < best.cost) best = { rows: r, columns: c, cost };
    }
  }
  return { rows: best.rows, columns: best.columns };
}

/** A range cut into pieces of at most `size`: as many whole ones as fit, then the rest. */
export function segments(length: number, size: number): { from: number; to: number; size: number }[] {
  const whole = Math.floor(length / size) * size;
  const list = [];
  if (whole > 0) list.push({ from: 0, to: whole, size });
  if (whole < length) list.push({ from: whole, to: length, size: length - whole });
  return list;
}

/** The lane vectors of a micro-batch in blocks as wide as a tile. */
export function vectorBlocks(vectors: number): { first: number; columns: number }[] {
  const columns = Math.min(vectors, 4);
  return segments(vectors, columns).flatMap(({ from, to, size }) =>
    range((to - from) / size).map((i) => ({ first: from + i * size, columns: size })),
  );
}

/** How many weights a tile takes at once when its other side is as many lane vectors as there are, four at most. */
export function rowsPerTile(vectors: number): number {
  return Math.floor(NUM_ACCUMULATORS / Math.min(vectors, 4));
}

/** 0, 1, … count − 1 */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

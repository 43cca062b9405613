/**
 * The inner part of every contraction: a tile of accumulators in registers.
 *
 * A step multiplies `rows` values by `columns` values, every one with every other. It holds the fewer of them in registers and
 * loads the others one after the other, so rows · columns + min(rows, columns) + 1 registers are in use: of the fifteen that the host
 * leaves free, a 6×2 tile takes all. Twelve accumulators hide the latency of a multiply-add (two a cycle, four cycles
 * each); measured, eight reach 90 % of the processor's limit, ten 95 %, twelve all of it.
 */
import { value } from "../kernel/builder.ts";
import type { KernelBuilder } from "../kernel/builder.ts";
import type { Index } from "../kernel/index-expr.ts";
import { float, multiplyAdd } from "../kernel/vec.ts";
import type { Local, Vec } from "../kernel/vec.ts";

export const NUM_REGISTERS = 15;
export const MAX_ACCUMULATORS = 12;
/** Registers of lane vectors held by a tile whose rows are weights. */
export const VECTORS_PER_TILE = 2;

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
    const holdsColumns = right.length <= left.length;
    const [held, others] = holdsColumns ? [right, left] : [left, right];
    const factors = held.map((vec) => this.#k.let(vec));
    for (const [i, vec] of others.entries()) {
      const factor = this.#k.let(vec);
      for (const [j, other] of factors.entries()) {
        const accumulator = holdsColumns ? this.#at(i, j) : this.#at(j, i);
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

  /** The same where columns are neighbouring lane vectors: what `visit` stores of a row is stored together. */
  forEachRow(visit: (row: number, column: number, sum: Vec) => void): void {
    for (let row = 0; row < this.rows; row++) {
      this.#k.sideBySide(range(this.columns).map((column) => () => visit(row, column, this.get(row, column))));
    }
  }

  #at(row: number, column: number): Local {
    return this.#accumulators[row * this.columns + column] as Local;
  }
}

/** Whether the accumulators of so many tiles, the fewer of one's factors and one of the others have registers. */
function fits(rows: number, columns: number, tiles: number): boolean {
  const accumulators = rows * columns * tiles;
  return accumulators <= MAX_ACCUMULATORS && accumulators + Math.min(rows, columns) + 1 <= NUM_REGISTERS;
}

/**
 * The tile for `rows` × `columns` sums over products of lane vectors: the one for which the steps take the fewest cycles. A step takes as
 * long as its multiply-adds (two a cycle), its loads (two a cycle) or the latency of one multiply-add, whichever is longest.
 *
 * @param tiles how many of them are computed at once, each with accumulators of its own
 */
export function chooseTile(rows: number, columns: number, tiles = 1): { rows: number; columns: number } {
  const cycles = (r: number, c: number): number => Math.max((r * c * tiles) / 2, ((r + c) * tiles) / 2, 4) + 0.4;
  let best = { rows: 1, columns: 1, cost: Infinity };
  for (let c = 1; c <= Math.min(columns, MAX_ACCUMULATORS); c++) {
    for (let r = 1; r <= rows && fits(r, c, tiles); r++) {
      let cost = 0;
      for (const a of evenSegments(rows, r)) {
        for (const b of evenSegments(columns, c)) cost += a.count * b.count * cycles(a.size, b.size);
      }
      if (cost < best.cost) best = { rows: r, columns: c, cost };
    }
  }
  return { rows: best.rows, columns: best.columns };
}

/** A range cut into as few pieces as possible of at most `size`, all of about the same size: the larger ones, then the rest. */
export function evenSegments(length: number, size: number): Segment[] {
  const count = Math.ceil(length / size);
  const small = Math.floor(length / count);
  const numLarge = length % count;
  const middle = numLarge * (small + 1);
  return [
    { from: 0, to: middle, size: small + 1, count: numLarge },
    { from: middle, to: length, size: small, count: count - numLarge },
  ].filter((segment) => segment.count > 0);
}

/** `count` pieces of `size`, one after the other. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly size: number;
  readonly count: number;
}

/** A range cut into pieces of `size`, as many as fit, and the rest. */
export function segments(length: number, size: number): Segment[] {
  const count = Math.floor(length / size);
  const whole = count * size;
  return [
    { from: 0, to: whole, size, count },
    { from: whole, to: length, size: length - whole, count: 1 },
  ].filter(({ from, to }) => from < to);
}

/** Runs `body` for the lane vectors of a micro-batch in blocks of at most `columns`: as wide as a tile unless given. */
export function forEachVectorBlock(
  k: KernelBuilder,
  vectors: number,
  body: (first: Index, columns: number) => void,
  columns = vectorsPerTile(k, vectors),
): void {
  for (const { from, to, size } of segments(vectors, Math.min(vectors, columns))) {
    k.for(from, to, (first) => body(first, size), { step: size });
  }
}

/**
 * The weights of neighbouring tiles: a single one stays in a register for all of them, several are loaded by each tile anew, as
 * the accumulators leave no room.
 */
export function holdForNeighbours(k: KernelBuilder, weights: readonly Vec[]): readonly Vec[] {
  return weights.length === 1 ? weights.map((weight) => k.let(weight)) : weights;
}

/** How many weights a tile takes at once when its columns are lane vectors. */
export function rowsPerTile(k: KernelBuilder, vectors: number): number {
  const columns = vectorsPerTile(k, vectors);
  return MAX_ACCUMULATORS / (k.wide ? Math.ceil(columns / 2) : columns);
}

/**
 * Lane vectors that a tile holds. Where two take one register, four are better than two: eight loads for twelve multiply-adds, not
 * thirteen; measured, the products of 784 by 400 weights take 0.61 instead of 0.74 ms.
 */
function vectorsPerTile({ wide }: KernelBuilder, vectors: number): number {
  return wide && vectors % 4 === 0 ? 2 * VECTORS_PER_TILE : Math.min(vectors, VECTORS_PER_TILE);
}

/** 0, 1, … count − 1 */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

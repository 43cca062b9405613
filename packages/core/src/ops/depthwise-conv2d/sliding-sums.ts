/**
 * Sums of neighbouring positions along a row, in registers: the inner part of depthwise convolutions.
 *
 * There is no second channel to tile over, so a value of the image is reused where neighbouring windows overlap. A row of the
 * kernel is held in registers while the image passes by, each value loaded once for all positions and taps that meet it.
 */
import { value } from "../../kernel/builder.ts";
import type { KernelBuilder } from "../../kernel/builder.ts";
import { float, multiplyAdd } from "../../kernel/vec.ts";
import type { Local, Vec } from "../../kernel/vec.ts";
import { NUM_REGISTERS, range, VECTORS_PER_TILE } from "../tile.ts";
import { usesByColumn } from "./uses-by-column.ts";

const MAX_POSITIONS = 8;
/** Rows of more weights are loaded at each use, as their registers are better spent on sums. */
const MOST_HELD_TAPS = 5;

/**
 * How many positions the registers hold sums for, beside a row of weights and the values being multiplied, where a micro-batch has
 * so many lane vectors.
 */
export function positionsPerRow(numTaps: number, vectors: number): number {
  const columns = Math.min(vectors, VECTORS_PER_TILE);
  const held = numTaps <= MOST_HELD_TAPS ? numTaps : 1;
  return Math.max(1, Math.min(MAX_POSITIONS, Math.floor((NUM_REGISTERS - held - columns) / columns)));
}

export class SlidingSums {
  readonly #k: KernelBuilder;
  readonly #vectors: number;
  /** Position by position, lane vector by lane vector. */
  readonly #sums: readonly (readonly Local[])[];

  constructor(k: KernelBuilder, positions: number, vectors: number) {
    this.#k = k;
    this.#vectors = vectors;
    this.#sums = range(positions).map(() => range(vectors).map(() => k.accumulator(float(0))));
  }

  /**
   * Adds a row of the kernel: to the sum of each position, for each tap, weight · value, the value being lane vector `vector` of the
   * column `columnOf(position, tap)`.
   */
  addRow(
    weights: readonly Vec[],
    columnOf: (position: number, tap: number) => number,
    read: (column: number, vector: number) => Vec,
  ): void {
    const k = this.#k;
    const held = weights.length <= MOST_HELD_TAPS ? weights.map((weight) => k.let(weight)) : weights;
    for (const [column, uses] of usesByColumn(this.#sums.length, weights.length, columnOf)) {
      const values = range(this.#vectors).map((vector) => k.let(read(column, vector)));
      for (const { position, tap } of uses) {
        const weight = k.let(held[tap]!);
        for (const [vector, sum] of this.#sums[position]!.entries()) {
          k.assign(sum, multiplyAdd(weight, values[vector]!, value(sum)));
        }
      }
    }
  }

  forEach(visit: (position: number, vector: number, sum: Vec) => void): void {
    for (const [position, sums] of this.#sums.entries()) {
      for (const [vector, sum] of sums.entries()) visit(position, vector, value(sum));
    }
  }
}

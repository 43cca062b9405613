/**
 * Sums of products over lane vectors and lanes: the inner part of kernels' gradients.
 *
 * Even lane vectors go into one sum and odd ones into another, whether the host has wide vectors or not, so that both give the same
 * bits. A host that has them computes the two at once: what it takes for that is a store of both side by side, and so sums pass
 * through the workspace before their lanes are added up.
 */
import { sumLanes } from "../kernel/builder.ts";
import type { KernelBuilder } from "../kernel/builder.ts";
import { Index } from "../kernel/index-expr.ts";
import type { IndexLike } from "../kernel/index-expr.ts";
import { add, load } from "../kernel/vec.ts";
import type { Vec } from "../kernel/vec.ts";
import { chooseTile, evenSegments, range, Tile } from "./tile.ts";

/** What the sums take of a workspace, from its beginning: 64 of two lane vectors. */
export const SUMS_BYTES = 2048;
const VECTOR_BYTES = 16;
const LANES = 4;

export interface ProductSums {
  /** Rows · columns of at most 64 sums. */
  readonly rows: number;
  readonly columns: number;
  readonly vectors: number;
  /** The address of a workspace. */
  readonly workspace: Index;
  /** Runs `multiply` for every term but the lane vectors, which it goes through itself. */
  forEachTerm(multiply: (left: Factor, right: Factor) => void): void;
  /** Takes the sums of consecutive columns: four, or one in the first lane. */
  put(row: number, column: number, count: 4 | 1, sum: Vec): void;
}

/** Reads one operand of a term: of a row or column, in a lane vector. */
export type Factor = (position: Index, vector: number) => Vec;

/** Computes Σ left[row] · right[column] over all terms, lane vectors and lanes, for each row and column. */
export function putProductSums(k: KernelBuilder, sums: ProductSums): void {
  const { rows, columns, vectors, workspace, forEachTerm, put } = sums;
  const parts = vectors % 2 === 0 ? 2 : 1;
  const place = (row: IndexLike, column: IndexLike): Index =>
    workspace.plus(
      Index.from(row)
        .times(columns)
        .plus(column)
        .times(parts * VECTOR_BYTES),
    );

  const tile = chooseTile(rows, columns, k.wide ? 1 : parts);
  for (const r of evenSegments(rows, tile.rows)) {
    for (const c of evenSegments(columns, tile.columns)) {
      k.for(
        r.from,
        r.to,
        (row) => k.for(c.from, c.to, (column) => addTiles(row, column, r.size, c.size), { step: c.size }),
        { step: r.size },
      );
    }
  }
  const total = (row: number, column: number): Vec =>
    range(parts)
      .map((part) => load(place(row, column).plus(part * VECTOR_BYTES)))
      .reduce(add);
  for (const row of range(rows)) {
    const fours = range(Math.floor(columns / LANES)).map((four) => four * LANES);
    k.sideBySide(
      fours.map((first) => () => {
        const four = range(LANES).map((i) => total(row, first + i)) as [Vec, Vec, Vec, Vec];
        put(row, first, LANES, sumLanes(k, four));
      }),
    );
    for (let column = fours.length * LANES; column < columns; column++) {
      const sum = k.let(total(row, column));
      put(row, column, 1, sumLanes(k, [sum, sum, sum, sum]));
    }
  }

  /** A tile of sums for each part. */
  function addTiles(row: Index, column: Index, numRows: number, numColumns: number): void {
    const tiles = range(parts).map(() => new Tile(k, numRows, numColumns));
    forEachTerm((left, right) => {
      for (const vector of range(vectors)) {
        tiles[vector % parts]!.multiplyAdd(
          range(numRows).map((i) => left(row.plus(i), vector)),
          range(numColumns).map((j) => right(column.plus(j), vector)),
        );
      }
    });
    for (const i of range(numRows)) {
      for (const j of range(numColumns)) {
        const start = place(row.plus(i), column.plus(j));
        k.sideBySide(tiles.map((each, part) => () => k.store(start.plus(part * VECTOR_BYTES), each.get(i, j))));
      }
    }
  }
}

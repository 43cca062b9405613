/** Equal rows in several parts of a table, or equal samples of arrays, by hashes of their values: 8 bytes a row. */
import { rowHashes, sharedRows } from "@sandglass/core";
import { NAMED } from "./describe-part-leaks.ts";
import { PART_PAIRS, type Part, type PartLeaks } from "./part-leaks.ts";

/** Of more rows than that in all, which take 64 MiB, some are compared. */
const MOST_ROWS = 2 ** 23;

/** The hashes of a part's rows. */
export interface HashedRows {
  readonly hashes: Float64Array;
  /** Which rows of the part these are of, where not of all. */
  readonly rows?: Uint32Array;
  /** Of so many different contents one was kept. */
  readonly every: number;
}

/**
 * Hashes rows that come in pieces. Of very many rows, those are kept whose hash is a multiple of some number: equal rows stay or go together, so
 * that as large a share of them is in two parts as of all.
 */
export class RowHasher {
  readonly #every: number;
  readonly #hashes: Float64Array[] = [];
  readonly #rows: Uint32Array[] = [];
  #count = 0;

  /**
   * @param rows how many there are in all parts together.
   * @param mostRows how many hashes to keep, more or less.
   */
  constructor(rows: number, mostRows: number = MOST_ROWS) {
    this.#every = Math.max(1, Math.ceil(rows / mostRows));
  }

  /**
   * @param values the next rows.
   * @param size values of a row.
   */
  add(values: Float32Array | Uint8Array, size: number): void {
    const hashes = rowHashes(values, size);
    const isKept = (hash: number): boolean => hash % this.#every === 0;
    if (this.#every > 1) {
      const kept = Uint32Array.from(hashes.keys()).filter((row) => isKept(hashes[row] as number));
      this.#rows.push(kept.map((row) => this.#count + row));
    }
    this.#hashes.push(this.#every > 1 ? hashes.filter(isKept) : hashes);
    this.#count += hashes.length;
  }

  finish(): HashedRows {
    const length = this.#hashes.reduce((sum, piece) => sum + piece.length, 0);
    const hashes = joined(this.#hashes, new Float64Array(length));
    const every = this.#every;
    return every === 1 ? { hashes, every } : { hashes, every, rows: joined(this.#rows, new Uint32Array(length)) };
  }
}

/** Pieces one after the other. */
function joined<Values extends Float64Array | Uint32Array>(pieces: readonly Values[], all: Values): Values {
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** A part whose rows are compared with those of others. */
export interface ComparedRows extends HashedRows {
  readonly part: Part;
  /** What a row is called, by its number in the part from 0 on. */
  readonly nameOf: (row: number) => string;
}

/** Finds the rows of each part that equal rows of an earlier one. */
export function rowLeaks(unit: PartLeaks["unit"], parts: readonly ComparedRows[]): PartLeaks {
  const shared = PART_PAIRS.flatMap(([from, to]) => {
    const [known, judged] = [from, to].map((part) => parts.find((one) => one.part === part));
    if (known === undefined || judged === undefined) return [];
    const { count, first } = sharedRows(judged.hashes, known.hashes, NAMED);
    const named = first.map(([row, twin]) => [nameAt(judged, row), nameAt(known, twin)] as const);
    return count === 0 ? [] : [{ from, to, count, byLook: 0, named }];
  });
  return {
    unit,
    compared: Object.fromEntries(parts.map(({ part, hashes }) => [part, hashes.length])),
    by: "values",
    share: 1 / Math.max(1, ...parts.map(({ every }) => every)),
    shared,
  };
}

function nameAt({ rows, nameOf }: ComparedRows, place: number): string {
  return nameOf(rows?.[place] ?? place);
}

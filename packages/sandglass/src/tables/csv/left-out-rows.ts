/** Which rows of text files were left out, so that those that were read keep the numbers that they have in the files. */
import type { Database } from "../database.ts";

/**
 * The places, ascending, of the rows that were left out of files among all rows of each file, from 0 on; by where the files are read from. What
 * had none is not there.
 */
export type LeftOutRows = ReadonlyMap<string, Uint32Array>;

/** How many rows of a file were read. */
export interface FileRows {
  /** Where it is read from. */
  readonly readable: string;
  readonly rows: number;
}

/** The places that a query gives, which has two columns: where the file is read from, and the place; by both ascending. */
export async function leftOutRows(database: Database, sql: string): Promise<LeftOutRows> {
  const found = new Map<string, number[]>();
  for await (const chunk of database.chunks(sql)) {
    for (let row = 0; row < chunk.rowCount; row++) {
      const path = chunk.getColumnVector(0).getItem(row) as string;
      const places = found.get(path) ?? [];
      places.push(chunk.getColumnVector(1).getItem(row) as number);
      found.set(path, places);
    }
  }
  return new Map(Array.from(found, ([path, places]) => [path, Uint32Array.from(places)]));
}

/** Those of one look at files and of another one. */
export function bothLeftOut(one: LeftOutRows, other: LeftOutRows): LeftOutRows {
  const all = new Map(one);
  for (const [path, places] of other) all.set(path, Uint32Array.from([...(all.get(path) ?? []), ...places]).toSorted());
  return all;
}

/**
 * The places among the rows of all files, one file after the other.
 *
 * @param read the files in their order.
 */
export function placesInAll(read: readonly FileRows[], leftOut: LeftOutRows): Uint32Array {
  let before = 0;
  const places = read.map(({ readable, rows }) => {
    const first = before;
    const own = leftOut.get(readable) ?? new Uint32Array();
    before += rows + own.length;
    return own.map((place) => first + place);
  });
  const all = new Uint32Array(places.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const some of places) {
    all.set(some, filled);
    filled += some.length;
  }
  return all;
}

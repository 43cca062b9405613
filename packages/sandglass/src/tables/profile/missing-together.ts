/** Columns whose values are missing in the same rows: they were not filled in together, or come from one file that is not always there. */
import { DisjointSets } from "@sandglass/core";
import { columnName } from "../raw-table.ts";
import { asNumber } from "../row-values.ts";
import { ROWS, type Table } from "../table.ts";

export interface MissingTogether {
  readonly columns: readonly string[];
  /** The rows in which all of them are missing. */
  readonly rows: number;
}

/** A pattern is a number of 64 bits with a sign. */
const MOST_COLUMNS = 60;
/** Of the most frequent patterns. */
const MOST_PATTERNS = 20_000;
/** The share of the rows in which one of two is missing that lack the other, too. */
const TOGETHER = 0.9;

/**
 * Groups of such columns, by one look at all rows.
 *
 * @param missing the names of columns with missing values.
 */
export async function findMissingTogether(
  { database, columns }: Table,
  missing: ReadonlySet<string>,
): Promise<readonly MissingTogether[]> {
  const found = columns
    .map(({ name }, index) => ({ name, column: columnName(index) }))
    .filter(({ name }) => missing.has(name))
    .slice(0, MOST_COLUMNS);
  if (found.length < 2) return [];
  const bits = found.map(({ column }, bit) => `((${column} IS NULL)::BIGINT << ${bit})`);
  const rows = await database.rows(
    `SELECT (${bits.join(" | ")})::VARCHAR AS pattern, count(*)::DOUBLE AS times FROM ${ROWS} GROUP BY 1 ORDER BY times DESC, 1 LIMIT ${MOST_PATTERNS}`,
  );
  const patterns = rows.map((row) => ({ bits: BigInt(row["pattern"] as string), times: asNumber(row["times"]) }));
  const count = (hasPattern: (bits: bigint) => boolean): number =>
    patterns.reduce((sum, { bits: pattern, times }) => (hasPattern(pattern) ? sum + times : sum), 0);
  const sets = new DisjointSets(found.length);
  for (let one = 0; one < found.length; one++) {
    for (let other = one + 1; other < found.length; other++) {
      const pair = (1n << BigInt(one)) | (1n << BigInt(other));
      const both = count((pattern) => (pattern & pair) === pair);
      if (both > 0 && both >= TOGETHER * count((pattern) => (pattern & pair) !== 0n)) sets.join(one, other);
    }
  }
  return sets.groups().map((group) => {
    const all = group.reduce((mask, member) => mask | (1n << BigInt(member)), 0n);
    return {
      columns: group.map((member) => found[member]?.name ?? ""),
      rows: count((pattern) => (pattern & all) === all),
    };
  });
}

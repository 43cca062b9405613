/** Values that do not belong to the others of their column: texts among numbers, and numbers that stand for something else. */
import { columnName } from "../raw-table.ts";
import { asNumber, asText } from "../row-values.ts";
import { ROWS, type Table } from "../table.ts";
import type { TableProfile } from "./table-profile.ts";

/** A column of text that holds numbers, too. */
export interface MixedColumn {
  readonly column: string;
  readonly numbers: number;
  readonly texts: number;
  /** A text of it that is no number. */
  readonly example: string;
}

/** A number that occurs often and far from all others, as -999 does where nothing was measured. */
export interface StandIn {
  readonly column: string;
  readonly value: number;
  readonly count: number;
}

/** With a smaller share of either kind, the other one is meant. */
const FEWEST = 0.05;

/** Columns of text of which a good part is numbers. */
export async function findMixedColumns(
  { database }: Table,
  { columns, leftOut }: TableProfile,
): Promise<readonly MixedColumn[]> {
  const identifiers = new Set(leftOut.filter(({ reason }) => reason === "identifier").map(({ name }) => name));
  const found: MixedColumn[] = [];
  for (const [index, profile] of columns.entries()) {
    if (profile.type !== "text" || identifiers.has(profile.statistics.name)) continue;
    const { count, missing, name } = profile.statistics;
    const present = count - missing;
    if (!(profile.numbers >= FEWEST * present && profile.numbers < present)) continue;
    const cell = columnName(index);
    const [row] = await database.rows(
      `SELECT ${cell} AS cell FROM ${ROWS} WHERE ${cell} IS NOT NULL AND TRY_CAST(${cell} AS DOUBLE) IS NULL ORDER BY rowid LIMIT 1`,
    );
    found.push({
      column: name,
      numbers: profile.numbers,
      texts: present - profile.numbers,
      example: asText(row?.["cell"]),
    });
  }
  return found;
}

/** What people and programs write where there is no value. */
const STAND_INS: ReadonlySet<number> = new Set(
  [9, 99, 999, 9999, 99_999, 999_999, 9_999_999].flatMap((value) => [value, -value]).concat(-1, -2, -88, -888),
);
/** Once or twice it may be a measurement. */
const FEWEST_TIMES = 3;
/** So many interquartile ranges beyond the quartiles. */
const FAR = 3;

/** Numbers of that kind: the smallest or the largest value of a column, far from most others. */
export async function findStandIns({ database }: Table, { columns }: TableProfile): Promise<readonly StandIn[]> {
  const found: StandIn[] = [];
  for (const [index, { type, statistics }] of columns.entries()) {
    if (type !== "number") continue;
    const { min, max, q1, q3 } = statistics;
    const far = FAR * (q3 - q1);
    // Where numbers below zero are usual, -1 says something.
    const suspects = [
      ...(q1 >= 0 && min < 0 && min < q1 - far ? [min] : []),
      ...(max > q3 + far && max > 0 ? [max] : []),
    ].filter((value) => STAND_INS.has(value));
    for (const value of suspects) {
      const row = await database.row(
        `SELECT count(*) FILTER (${columnName(index)} = ${value})::DOUBLE AS times FROM ${ROWS}`,
      );
      const count = asNumber(row["times"]);
      if (count >= FEWEST_TIMES) found.push({ column: statistics.name, value, count });
    }
  }
  return found;
}

import { tables } from "@sandglass/core";
import { columnName } from "../raw-table.ts";
import { asNumber } from "../row-values.ts";
import { ROWS, type Table, type TableColumn } from "../table.ts";
import { tableStatistics } from "../table-statistics.ts";
import { correlate, type CorrelatedColumn } from "./correlations.ts";
import { guessLabel } from "./guess-label.ts";
import { histogram, numberShape } from "./spread-profile.ts";
import type { ColumnProfile, Correlations, Duplicates, TableProfile } from "./table-profile.ts";

export interface ProfileOptions {
  /** Pearson's unless given. */
  readonly correlations?: Correlations["method"] | undefined;
  /** What a training would be told of the columns. */
  readonly choices?: tables.TableChoices | undefined;
}

const MOST_CORRELATED = 40;

/**
 * Looks at a table: its columns one by one and together. All rows count, as nothing is trained yet.
 *
 * @throws TableError when choices do not fit the table.
 */
export async function profileTable(
  table: Table,
  { correlations = "pearson", choices = {} }: ProfileOptions = {},
): Promise<TableProfile> {
  const { name, files, count, database, notes } = table;
  const statistics = await tableStatistics(table);
  const columns: ColumnProfile[] = [];
  for (const [index, one] of statistics.entries()) {
    columns.push(await profileColumn(table, table.columns[index] as TableColumn, one, columnName(index)));
  }
  const leftOut = leftOutColumns(statistics, choices);
  const reasons = new Map(leftOut.map((column) => [column.name, column.reason]));
  const correlated = statistics.flatMap((one, index): CorrelatedColumn[] =>
    one.type === "number" && one.std > 0 && one.std < Infinity && reasons.get(one.name) !== "identifier"
      ? [{ name: one.name, value: columnName(index), mean: one.mean, std: one.std }]
      : [],
  );
  const identifiers = new Set(leftOut.filter(({ reason }) => reason === "identifier").map(({ name }) => name));
  const guess = guessLabel(statistics);
  return {
    name,
    files,
    count,
    columns,
    leftOut,
    correlations: await correlate(database, correlated.slice(0, MOST_CORRELATED), count, correlations),
    duplicates: await countDuplicates(table, identifiers),
    ...(guess && { labelGuess: guess }),
    notes,
  };
}

async function profileColumn(
  { database }: Table,
  column: TableColumn,
  statistics: tables.ColumnStatistics,
  name: string,
): Promise<ColumnProfile> {
  if (statistics.type === "number") {
    return { type: "number", column, statistics, ...(await numberShape({ database, value: name }, statistics)) };
  }
  if (statistics.type === "date") {
    const value = `epoch_ms(${name})::DOUBLE`;
    return { type: "date", column, statistics, histogram: await histogram({ database, value }, statistics, false) };
  }
  const row = await database.row(`SELECT count(TRY_CAST(${name} AS DOUBLE))::DOUBLE AS numbers FROM ${ROWS}`);
  return { type: "text", column, statistics, numbers: asNumber(row["numbers"]) };
}

/** What a training would leave out; of a table without a single column to learn from, nothing is said. */
function leftOutColumns(
  statistics: readonly tables.ColumnStatistics[],
  choices: tables.TableChoices,
): readonly tables.LeftOutColumn[] {
  // Without any column left it would be an error, and this is but a look.
  const values = Float64Array.of(0, 0.5, 1);
  const [spare] = tables.collectStatistics([{ name: "\0", type: "number", values }]);
  return tables.decideColumns(spare === undefined ? statistics : [...statistics, spare], choices).leftOut;
}

/** Rows are compared by a hash of 64 bits, so that wide tables need no more memory than narrow ones. */
async function countDuplicates({ database, columns }: Table, identifiers: ReadonlySet<string>): Promise<Duplicates> {
  const all = columns.map((_, index) => columnName(index));
  const others = all.filter((_, index) => !identifiers.has(columns[index]?.name ?? ""));
  const count = async (names: readonly string[]): Promise<number> => {
    if (names.length === 0) return 0;
    const row = await database.row(
      `SELECT coalesce(sum(times - 1), 0)::DOUBLE AS duplicates FROM (SELECT count(*) AS times FROM ${ROWS} GROUP BY hash(${names.join(", ")}))`,
    );
    return asNumber(row["duplicates"]);
  };
  const rows = await count(all);
  return { rows, apartFromIdentifiers: others.length === all.length ? rows : await count(others) };
}

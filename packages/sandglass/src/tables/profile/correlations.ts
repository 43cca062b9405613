import type { Database } from "../database.ts";
import { asNumber } from "../row-values.ts";
import { ROWS } from "../table.ts";
import { literal } from "./spread-profile.ts";
import type { Correlations } from "./table-profile.ts";

/** Rows that are looked at: correlations of more are the same to two digits. */
const MOST_ROWS = 200_000;
const PAIRS_AT_ONCE = 200;

/** A column of numbers with a spread, by its name in the database. */
export interface CorrelatedColumn {
  readonly name: string;
  readonly value: string;
  readonly mean: number;
  readonly std: number;
}

/**
 * The correlations of columns with each other, each of the rows in which both have a value: Pearson's, or Spearman's (Pearson's of the ranks, equal
 * values sharing theirs).
 */
export async function correlate(
  database: Database,
  columns: readonly CorrelatedColumn[],
  count: number,
  method: Correlations["method"],
): Promise<Correlations> {
  const names = columns.map(({ name }) => name);
  const values = columns.map((_, row) => columns.map((_, column) => (row === column ? 1 : NaN)));
  const step = Math.max(1, Math.ceil(count / MOST_ROWS));
  const sample = "correlated_rows";
  const selected = columns.map(({ value, mean, std }, index) =>
    method === "pearson"
      ? `(${value} - ${literal(mean)}) / ${literal(std)} AS v${index}`
      : `CASE WHEN ${value} IS NOT NULL THEN rank() OVER (ORDER BY ${value} NULLS LAST) + (count(*) OVER (PARTITION BY ${value}) - 1) / 2 END AS v${index}`,
  );
  if (columns.length < 2) return { method, names, values, rows: 0 };
  await database.run(
    `CREATE OR REPLACE TABLE ${sample} AS SELECT ${selected.join(", ")} FROM ${ROWS} WHERE hash(rowid) % ${step} = 0`,
  );
  const pairs = columns.flatMap((_, one) =>
    columns.slice(one + 1).map((_, offset) => [one, one + 1 + offset] as const),
  );
  await database.inOrder(async () => {
    for (let from = 0; from < pairs.length; from += PAIRS_AT_ONCE) {
      const some = pairs.slice(from, from + PAIRS_AT_ONCE);
      const row = await database.row(
        `SELECT ${some.map(([one, other], index) => `corr(v${one}, v${other}) AS r${index}`).join(", ")} FROM ${sample}`,
      );
      for (const [index, [one, other]] of some.entries()) {
        const correlation = asNumber(row[`r${index}`]);
        (values[one] as number[])[other] = correlation;
        (values[other] as number[])[one] = correlation;
      }
    }
  });
  const { rows } = await database.row(`SELECT count(*)::DOUBLE AS rows FROM ${sample}`);
  await database.run(`DROP TABLE ${sample}`);
  return { method, names, values, rows: asNumber(rows) };
}

/** What columns of dates cover, and where nothing happened. */
import { columnName } from "../raw-table.ts";
import { asNumber } from "../row-values.ts";
import { ROWS, type Table } from "../table.ts";

export interface DateCoverage {
  readonly column: string;
  /** In milliseconds since the start of 1970, UTC. */
  readonly min: number;
  readonly max: number;
  /** Days with a value. */
  readonly days: number;
  /** How many days lie between a day with a value and the next, as a rule. */
  readonly usualStep: number;
  /** The longest time without a value, in days from the day before it to the day after it. */
  readonly longest: DateGap | undefined;
}

export interface DateGap {
  readonly days: number;
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;
/** A gap is unusual when it is so many times as long as usual steps are, and as long as a fortnight. */
const [UNUSUAL, FEWEST_DAYS] = [10, 14];

/** Of all columns of dates but those that hold times of a day only. */
export async function dateCoverage({ database, columns }: Table): Promise<readonly DateCoverage[]> {
  const found: DateCoverage[] = [];
  for (const [index, { name, type }] of columns.entries()) {
    if (type !== "date") continue;
    const day = `date_trunc('day', ${columnName(index)})`;
    const row = await database.row(
      `WITH days AS (SELECT DISTINCT epoch_ms(${day}::TIMESTAMP)::DOUBLE AS day FROM ${ROWS} WHERE ${columnName(index)} IS NOT NULL), ` +
        `steps AS (SELECT day, lead(day) OVER (ORDER BY day) - day AS step FROM days) ` +
        "SELECT min(day) AS first, max(day) AS last, count(*)::DOUBLE AS days, median(step) AS usual, max(step) AS longest, " +
        "arg_max(day, step) AS start FROM steps",
    );
    const days = asNumber(row["days"]);
    if (days < 2) continue;
    const [start, longest] = [asNumber(row["start"]), asNumber(row["longest"])];
    const usualStep = asNumber(row["usual"]) / DAY;
    found.push({
      column: name,
      min: asNumber(row["first"]),
      max: asNumber(row["last"]),
      days,
      usualStep,
      longest: { days: longest / DAY, from: start, to: start + longest },
    });
  }
  return found;
}

/** Whether the longest gap is one that somebody should know of. */
export function hasUnusualGap({ longest, usualStep }: DateCoverage): boolean {
  return longest !== undefined && longest.days >= FEWEST_DAYS && longest.days >= UNUSUAL * usualStep;
}

/** How the values of a column of numbers or dates are distributed. */
import type { tables } from "@sandglass/core";
import type { Database } from "../database.ts";
import { asNumber, asNumbers } from "../row-values.ts";
import { ROWS } from "../table.ts";
import type { Histogram, NumberProfile } from "./table-profile.ts";

const STEPS = 20;
/** Tukey's fences, in interquartile ranges beyond the quartiles. */
const FENCE = 1.5;
/** Values so far beyond are left out of the histogram. */
const FAR = 3;
const SIGMAS = 4;
/** A normal distribution's standard deviation in median absolute deviations. */
const SIGMA_PER_DEVIATION = 1.4826;

/** A column as SQL, of type DOUBLE. */
export interface ProfiledColumn {
  readonly database: Database;
  readonly value: string;
}

/** How a column of numbers is distributed. */
export async function numberShape(
  column: ProfiledColumn,
  statistics: tables.NumberStatistics,
): Promise<Pick<NumberProfile, "skewness" | "kurtosis" | "tails" | "histogram" | "beyondFences" | "beyondSigmas">> {
  const { database, value } = column;
  const { mean, std, median, q1, q3 } = statistics;
  // Powers of large values would leave the range of floats; these do not depend on the scale.
  const scaled = std > 0 && std < Infinity ? `(${value} - ${literal(mean)}) / ${literal(std)}` : "NULL::DOUBLE";
  const fence = FENCE * (q3 - q1);
  const shape = await database.inOrder(() =>
    database.row(
      `SELECT skewness(${scaled}) AS skewness, kurtosis(${scaled}) AS kurtosis, ` +
        `quantile_cont(${value}, [0.01, 0.05, 0.95, 0.99]) AS tails, median(abs(${value} - ${literal(median)})) AS deviation, ` +
        `count(*) FILTER (${value} < ${literal(q1 - fence)} OR ${value} > ${literal(q3 + fence)})::DOUBLE AS beyond FROM ${ROWS}`,
    ),
  );
  const [q01 = NaN, q05 = NaN, q95 = NaN, q99 = NaN] = asNumbers(shape["tails"]);
  const reach = SIGMAS * SIGMA_PER_DEVIATION * asNumber(shape["deviation"]);
  const { far } =
    reach > 0
      ? await database.row(
          `SELECT count(*) FILTER (abs(${value} - ${literal(median)}) > ${literal(reach)})::DOUBLE AS far FROM ${ROWS}`,
        )
      : { far: 0 };
  return {
    skewness: asNumber(shape["skewness"]),
    kurtosis: asNumber(shape["kurtosis"]),
    tails: [q01, q05, q95, q99],
    histogram: await histogram(column, statistics, statistics.isInteger),
    beyondFences: asNumber(shape["beyond"]),
    beyondSigmas: asNumber(far),
  };
}

/**
 * How many values lie where.
 *
 * @param isInteger whether all values are whole: then each step holds equally many whole numbers.
 */
export async function histogram(
  { database, value }: ProfiledColumn,
  { min, max, q1, q3 }: tables.Spread,
  isInteger: boolean,
): Promise<Histogram> {
  if (Number.isNaN(min)) return { from: NaN, to: NaN, counts: [], below: 0, above: 0 };
  const far = FAR * (q3 - q1);
  const inner = far > 0 ? await innerRange({ database, value }, q1 - far, q3 + far) : { from: min, to: max };
  const { from, to, steps } = isInteger ? wholeSteps(inner) : { ...inner, steps: inner.from === inner.to ? 1 : STEPS };
  // Halves, because the range itself may be beyond floats.
  const share = from === to ? "0" : `(${value} / 2 - ${literal(from / 2)}) / ${literal(to / 2 - from / 2)} * ${steps}`;
  const rows = await database.rows(
    `SELECT CASE WHEN ${value} < ${literal(from)} THEN -1 WHEN ${value} > ${literal(to)} THEN ${steps} ` +
      `ELSE greatest(0, least(${steps - 1}, floor(${share}))) END::DOUBLE AS step, count(*)::DOUBLE AS times ` +
      `FROM ${ROWS} WHERE ${value} IS NOT NULL GROUP BY 1`,
  );
  const times = new Map(rows.map((row) => [asNumber(row["step"]), asNumber(row["times"])]));
  return {
    from,
    to,
    counts: Array.from({ length: steps }, (_, step) => times.get(step) ?? 0),
    below: times.get(-1) ?? 0,
    above: times.get(steps) ?? 0,
  };
}

/** The smallest and the largest value between these. */
async function innerRange(
  { database, value }: ProfiledColumn,
  least: number,
  most: number,
): Promise<{ from: number; to: number }> {
  const row = await database.row(
    `SELECT min(${value}) AS least, max(${value}) AS most FROM ${ROWS} WHERE ${value} >= ${literal(least)} AND ${value} <= ${literal(most)}`,
  );
  return { from: asNumber(row["least"]), to: asNumber(row["most"]) };
}

/** Steps that hold equally many whole numbers each. */
function wholeSteps(range: { from: number; to: number }): { from: number; to: number; steps: number } {
  const first = Math.ceil(range.from);
  const numbers = Math.floor(range.to) - first + 1;
  const width = Math.ceil(numbers / STEPS);
  const steps = Math.ceil(numbers / width);
  return { from: first - 0.5, to: first - 0.5 + steps * width, steps };
}

/** A float as SQL: as text it may lack a point, and would be a DECIMAL. */
export function literal(value: number): string {
  return `'${value}'::DOUBLE`;
}

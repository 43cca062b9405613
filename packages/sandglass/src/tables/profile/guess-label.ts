import type { tables } from "@sandglass/core";

/** What columns are called that say what a row is. */
const LABEL_NAME =
  /^(?:label|labels|class|classes|target|outcome|species|y|is_?fraud|fraud|anomaly|outlier|churn|survived|default|result)$|(?:^|[_\s.-])(?:label|class|target|outcome)$/iu;

const MOST_CLASSES = 20;

/** A column that looks like the classes of the rows: by its name, or as the last column of few categories. */
export function guessLabel(
  statistics: readonly tables.ColumnStatistics[],
): { readonly name: string; readonly reason: string; readonly isNamed: boolean } | undefined {
  const hasClasses = (column: tables.ColumnStatistics): boolean =>
    column.type !== "date" &&
    column.distinct >= 2 &&
    column.distinct <= MOST_CLASSES &&
    (column.type === "text" || column.isInteger);
  const named = statistics.find((column) => LABEL_NAME.test(column.name.trim()) && hasClasses(column));
  if (named !== undefined) {
    return {
      name: named.name,
      reason: `it is called as labels are, and has ${named.distinct} different values`,
      isNamed: true,
    };
  }
  const last = statistics.at(-1);
  if (last === undefined || statistics.length < 2 || !hasClasses(last)) return undefined;
  return {
    name: last.name,
    reason: `it is the last column, and has ${last.distinct} different values`,
    isNamed: false,
  };
}

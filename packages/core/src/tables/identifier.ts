/** Tells columns that only number or name their rows from those that say something about them. */
import type { NumberStatistics, TextStatistics } from "./statistics.ts";

/** Of fewer rows nothing can be said: all values of a handful may differ. */
const FEWEST_ROWS = 20;
/** The share of rows with a value of their own from which on a column is unique. */
const UNIQUE = 0.95;
/** Whole numbers that fill a range this densely have been counted. Rows held back for validation leave gaps. */
const ROWS_PER_RANGE = 0.25;

const SEPARATE_WORD = /(?:^|[\s_.-])(?:id|ids|key|index|idx|uuid|guid|number|no|nr|#)$/iu;
const CAMEL_CASE_WORD = /[a-z](?:Id|ID|Key|Index|Uuid|UUID)$/u;

/** Whether a column is called as identifiers are: `id`, `order_id`, `orderId`. */
export function isNamedLikeIdentifier(name: string): boolean {
  return SEPARATE_WORD.test(name.trim()) || CAMEL_CASE_WORD.test(name.trim());
}

/** Whether nearly every row has a value of its own. */
export function isUnique({
  count,
  missing,
  distinct,
}: Pick<TextStatistics, "count" | "missing" | "distinct">): boolean {
  const present = count - missing;
  return present >= FEWEST_ROWS && distinct >= UNIQUE * present;
}

/** Whether whole numbers are all different and count up (in any order of rows), or are called an identifier. */
export function isNumberIdentifier(statistics: NumberStatistics): boolean {
  const { name, isInteger, min, max, count, missing } = statistics;
  if (!isInteger || !isUnique(statistics)) return false;
  return count - missing >= ROWS_PER_RANGE * (max - min + 1) || isNamedLikeIdentifier(name);
}

/** Whether there are more different texts than half of the rows. */
export function isMostlyDifferent({ count, missing, distinct }: TextStatistics): boolean {
  const present = count - missing;
  return present >= FEWEST_ROWS && distinct > 0.5 * present;
}

import { describeUnknown } from "../nn/nearest-name.ts";
import type { CompleteChoices } from "./decision.ts";
import { SCALINGS } from "./preprocessing.ts";
import { FREQUENT_VALUES } from "./statistics.ts";
import type { ColumnStatistics } from "./statistics.ts";
import type { TableChoices } from "./table-choices.ts";
import { TableError } from "./table-error.ts";

const ROLES = ["number", "category", "date", "ignore"];
/** More buckets are more features than any other column has. */
const MOST_BUCKETS = 4096;

/**
 * A user's choices for a table with these columns, with defaults for those left open.
 *
 * @throws TableError when a column is not there, or a choice is none.
 */
export function completeChoices(choices: TableChoices, columns: readonly ColumnStatistics[]): CompleteChoices {
  const { roles = {}, label, scaling = "standard", maxCategories = 50, buckets = 32, rareBelow = 1 } = choices;
  const names = columns.map(({ name }) => name);
  for (const name of [...Object.keys(roles), ...(label === undefined ? [] : [label])]) {
    if (!names.includes(name)) throw new TableError(`the table has no column ${describeUnknown(name, names)}`);
  }
  for (const [name, role] of Object.entries(roles)) checkName(`the role of column "${name}"`, role, ROLES);
  checkName("the scaling", scaling, SCALINGS);
  checkWhole("maxCategories", maxCategories, FREQUENT_VALUES);
  checkWhole("buckets", buckets, MOST_BUCKETS);
  checkWhole("rareBelow", rareBelow, Number.MAX_SAFE_INTEGER);
  return { scaling, maxCategories, buckets, rareBelow };
}

function checkName(what: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  throw new TableError(`${what} is ${describeUnknown(value, known)}`);
}

function checkWhole(what: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  const upTo = most === Number.MAX_SAFE_INTEGER ? "1 on" : `1 to ${most}`;
  throw new TableError(`${what} is ${value}; a whole number from ${upTo} is expected`);
}

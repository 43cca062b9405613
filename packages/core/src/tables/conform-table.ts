import { nearestName } from "../nn/nearest-name.ts";
import type { Column } from "./column.ts";
import { conformColumn, type RowNumber } from "./conform-column.ts";
import type { ColumnPreprocessing } from "./preprocessing.ts";
import { countRows } from "./same-rows.ts";
import { TableError } from "./table-error.ts";

/** How many problems an error names. */
const MOST_NAMED = 5;

/** The columns that a preprocessing needs, in its order and of its types. */
export interface ConformedTable {
  readonly columns: readonly Column[];
  readonly count: number;
}

/**
 * Finds the columns that a preprocessing needs among those of a table; others are left aside.
 *
 * @param rowNumber what errors call a row of these, by its place from 0 on.
 * @throws TableError when columns are missing, or hold values of another type than in training: it names each of them.
 */
export function conformTable(
  plans: readonly ColumnPreprocessing[],
  columns: readonly Column[],
  rowNumber: RowNumber,
): ConformedTable {
  const count = countRows(columns);
  const byName = new Map(columns.map((column) => [column.name, column]));
  if (plans.length > 1 && !plans.some(({ name }) => byName.has(name))) throw otherTable(plans, [...byName.keys()]);
  const problems: string[] = [];
  const conformed = plans.flatMap((plan) => {
    const column = byName.get(plan.name);
    if (column === undefined) {
      problems.push(describeMissing(plan.name, [...byName.keys()]));
      return [];
    }
    try {
      return conformColumn(plan, column, rowNumber);
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      problems.push(error.message);
      return [];
    }
  });
  if (problems.length === 0) return { columns: conformed, count };
  const more = problems.length - MOST_NAMED;
  throw new TableError([...problems.slice(0, MOST_NAMED), ...(more > 0 ? [`and ${more} more`] : [])].join("\n"));
}

function describeMissing(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  const advice =
    nearest === undefined
      ? "add it, with empty cells where nothing is known"
      : `there is "${nearest}", which may have to be renamed`;
  return `column "${name}", which training had, is not in the table; ${advice}`;
}

/** Another table altogether, or one that has lost its header. */
function otherTable(plans: readonly ColumnPreprocessing[], known: readonly string[]): TableError {
  const wanted = plans.map(({ name }) => name);
  return new TableError(
    `none of the ${plans.length} columns that training had (${some(wanted)}) is in the table, which has ${some(known)}; ` +
      "give a table like that of the training, with the names of its columns in the first line",
  );
}

function some(names: readonly string[]): string {
  return names.slice(0, MOST_NAMED).join(", ") + (names.length > MOST_NAMED ? ", …" : "");
}

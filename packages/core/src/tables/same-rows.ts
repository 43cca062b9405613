import type { Column } from "./column.ts";
import { TableError } from "./table-error.ts";

/**
 * How many rows the columns have.
 *
 * @throws TableError when there are no columns, two have the same name, or they differ in their numbers of rows.
 */
export function countRows(columns: readonly Column[]): number {
  const [first] = columns;
  if (first === undefined) throw new TableError("the table has no columns; at least one is needed");
  const names = new Set<string>();
  for (const { name, values } of columns) {
    if (names.has(name)) {
      throw new TableError(
        `the table has two columns "${name}"; rename one of them, as columns are known by their names`,
      );
    }
    names.add(name);
    if (values.length !== first.values.length) {
      throw new TableError(
        `column "${first.name}" has ${first.values.length} rows and column "${name}" has ${values.length}; ` +
          "each row needs a value in every column, or NaN or undefined where it is missing",
      );
    }
  }
  return first.values.length;
}

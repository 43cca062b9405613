import { nearestName } from "../data/nearest-name.ts";
import { UserError } from "../errors.ts";
import { someNames } from "../text/some-names.ts";

/** How many names an error lists. */
const MOST_NAMED = 20;

/**
 * Makes sure that a table has a column that the user named.
 *
 * @param wish what it is for, as the beginning of a sentence: "the label was to be".
 * @throws UserError when it does not; it names the nearest.
 */
export function requireColumn(
  { name: table, columns }: { readonly name: string; readonly columns: readonly { readonly name: string }[] },
  name: string,
  wish: string,
): void {
  const names = columns.map((column) => column.name);
  if (names.includes(name)) return;
  const meant = nearestName(name, names);
  throw new UserError(
    `${wish} the column "${name}", which ${table} does not have${meant === undefined ? "" : `; did you mean "${meant}"?`}\n` +
      `Its columns: ${someNames(names, MOST_NAMED)}`,
    { exitCode: 2 },
  );
}

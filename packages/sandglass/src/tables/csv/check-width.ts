import { UserError } from "../../errors.ts";

/** Tables of more columns are most likely no tables; DuckDB would take minutes and gigabytes to find out. */
const MOST_COLUMNS = 2_000;

const DELIMITERS = [",", ";", "\t", "|"];

/**
 * Looks at the first line of a text file for too many columns, before anything else does.
 *
 * @param head the beginning of the file, with its first line.
 * @throws UserError when there are more than `MOST_COLUMNS`, or the line does not end.
 */
export function checkFirstLine(path: string, head: string, isWhole: boolean): void {
  const end = head.search(/[\r\n]/);
  const line = end < 0 ? head : head.slice(0, end);
  const columns = 1 + Math.max(...DELIMITERS.map((delimiter) => occurrences(line, delimiter)));
  if (end < 0 && !isWhole) {
    throw new UserError(
      `the first line of ${path} does not end within ${Math.round(head.length / 2 ** 20)} MiB` +
        `${columns > 1 ? ` and ${columns.toLocaleString("en-US")} columns` : ""}; expected a table with a line for each row`,
    );
  }
  checkColumnCount(path, columns);
}

/** @throws UserError when there are more than `MOST_COLUMNS`. */
export function checkColumnCount(path: string, columns: number): void {
  if (columns <= MOST_COLUMNS) return;
  throw new UserError(
    `${path} has ${columns.toLocaleString("en-US")} columns; tables of up to ${MOST_COLUMNS.toLocaleString("en-US")} columns ` +
      "are read. Did rows and columns change places? A matrix this wide is read from an NPY file",
  );
}

function occurrences(text: string, sign: string): number {
  let found = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) found++;
  return found;
}

/** Cells of text, as SQL. */
import { missingWords } from "./missing-words.ts";
import { quoteText } from "./sql-text.ts";

const BLANKS = " \t\r\n\u00a0\ufeff";

/**
 * A cell without blanks around it; NULL where it says that it holds nothing. A cell that begins with a digit says something, which is seen fast; and
 * a list is searched, because DuckDB needs a megabyte and more a column for `IN`.
 */
export function cleanCell(cell: string): string {
  const trimmed = `trim(${cell}, ${quoteText(BLANKS)})`;
  const words = missingWords.map(quoteText).join(", ");
  return (
    `CASE WHEN ascii(${cell}) BETWEEN 48 AND 57 THEN trim(${cell}) ` +
    `WHEN list_contains([${words}], lower(${trimmed})) THEN NULL ELSE ${trimmed} END`
  );
}

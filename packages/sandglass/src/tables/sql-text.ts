/** Text of SQL that is made of what users and files say. */

/** A text as SQL writes it: in quotes, those inside doubled. No text can end it. */
export function quoteText(text: string): string {
  // DuckDB takes no character 0 in the text of a query.
  return `'${text.replaceAll("\0", "").replaceAll("'", "''")}'`;
}

/** The path of one file where DuckDB expects a pattern: its signs of a pattern stand for themselves. */
export function quotePath(path: string): string {
  return quoteText(path.replace(/[[*?]/g, "[$&]"));
}

/** Several paths as a list. */
export function quotePaths(paths: readonly string[]): string {
  return `[${paths.map(quotePath).join(", ")}]`;
}

/** Says why a table cannot be used as it is: what came, what was expected and how to mend it. */
export class TableError extends Error {
  override readonly name = "TableError";
}

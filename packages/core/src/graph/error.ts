/** What a user built does not fit together. The message says what came, what was expected, and how to mend it. */
export class GraphError extends Error {
  override readonly name = "GraphError";
}

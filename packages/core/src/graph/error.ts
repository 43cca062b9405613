/** What a user built does not fit together. The message says what came, what was expected, and how to mend it. */
export class GraphError extends Error {
  override readonly name = "GraphError";
}

/** Checks what must hold by construction. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`Sandglass is at fault, please report it: ${what}`);
}

/** Reads a figure off what a command prints with `--json`. */

/**
 * The figure of a name, from anywhere within a result: `val_mse`, or terms added up, `val_reconstruction + val_kl`.
 *
 * @param result what the command printed.
 * @throws Error when a term is not there, or is no number.
 */
export function readMeasure(measure: string, result: unknown): number {
  return measure.split(" + ").reduce((sum, term) => sum + readTerm(term, result), 0);
}

function readTerm(term: string, result: unknown): number {
  const value = find(term.split("."), result);
  if (value !== undefined) return value;
  throw new Error(`the result has no figure "${term}": ${JSON.stringify(result).slice(0, 400)}`);
}

/** A number of that name. An option may have the name, too: the loss is one, by its name. */
function find(path: readonly string[], within: unknown): number | undefined {
  if (typeof within !== "object" || within === null) return undefined;
  const [first = "", ...rest] = path;
  const own = (within as Readonly<Record<string, unknown>>)[first];
  const found = rest.length === 0 ? own : find(rest, own);
  if (typeof found === "number" && Number.isFinite(found)) return found;
  for (const value of Object.values(within)) {
    const deeper = find(path, value);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

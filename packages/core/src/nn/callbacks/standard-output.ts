/** Where what a user asked to be printed goes: standard output where there is one, the console elsewhere. */

export interface TextOutput {
  write(text: string): void;
  /** Whether a line can be written over. */
  readonly isTerminal: boolean;
  /** How many characters a line holds; undefined when that is not known. */
  readonly columns: number | undefined;
}

/** What is used here of Node's `process.stdout`. */
interface NodeStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Node's standard output, or the console of a browser, which takes whole lines. */
export function standardOutput(): TextOutput {
  // Looked up by name, because browsers have no such global.
  const { process } = globalThis as { readonly process?: { readonly stdout?: NodeStream } };
  const stream = process?.stdout;
  if (stream?.write === undefined) return { write: toConsole, isTerminal: false, columns: undefined };
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    columns: stream.columns,
  };
}

/** Prints a line of Keras's when a callback was asked to. */
export function announce(verbose: 0 | 1, text: string): void {
  if (verbose === 1) standardOutput().write(`${text}\n`);
}

function toConsole(text: string): void {
  // oxlint-disable-next-line no-console -- printing is what the caller asks for.
  console.log(text.replace(/\n$/u, ""));
}

/**
 * Where what is printed goes. The result goes to standard output: as text for people or, with `--json`, as one JSON object.
 * Everything else goes to standard error, so that a pipe gets the result and nothing but the result.
 */
import colors from "picocolors";

/** The colors of picocolors, all of them off where the terminal has none. */
export type Colors = ReturnType<typeof colors.createColors>;

export interface OutputOptions {
  readonly json: boolean;
  /** Only the result and errors. */
  readonly quiet: boolean;
}

export class Output {
  readonly json: boolean;
  readonly quiet: boolean;
  /** For what goes to standard error. */
  readonly colors: Colors;
  /** For the result. */
  readonly resultColors: Colors;

  constructor({ json, quiet }: OutputOptions) {
    this.json = json;
    this.quiet = quiet;
    this.colors = colors.createColors(hasColors(process.stderr));
    this.resultColors = colors.createColors(hasColors(process.stdout));
  }

  /** Whether a progress bar can be drawn. */
  get isInteractive(): boolean {
    return process.stderr.isTTY && !this.quiet;
  }

  /** A line on what is happening. */
  note(line: string): void {
    if (!this.quiet) process.stderr.write(`${line}\n`);
  }

  /** What the command was called for: `text` for people, `value` for programs. */
  result(text: string, value: object): void {
    process.stdout.write(this.json ? `${JSON.stringify(value)}\n` : `${text}\n`);
  }

  /** Why the command failed. With `--json` this is the one object on standard output. */
  failure(message: string, details: { readonly kind: string; readonly exitCode: number }): void {
    if (this.json) {
      process.stdout.write(`${JSON.stringify({ error: { message, ...details } })}\n`);
      return;
    }
    process.stderr.write(`${this.colors.red("error:")} ${message}\n`);
  }
}

/** The conventions of no-color.org and of FORCE_COLOR, then whether it is a terminal. */
function hasColors(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR: noColor = "", FORCE_COLOR: forceColor = "", TERM: terminal = "" } = process.env;
  if (noColor !== "") return false;
  if (forceColor !== "") return forceColor !== "0";
  // In a pipe there is no `isTTY` at all, and picocolors would look for colors in `--color grey`, which is about images.
  return "isTTY" in stream && stream.isTTY && terminal !== "dumb";
}

/** What every command is given besides its own arguments. */
import type { Command } from "commander";
import { wholeNumber } from "./option-parsers.ts";
import type { Output } from "./output.ts";

/** Options that every command takes. */
export interface GlobalOptions {
  readonly dataDir?: string;
  readonly json?: true;
  readonly quiet?: true;
  readonly threads?: number;
  readonly deterministic?: true;
  readonly seed?: number;
}

export interface Context {
  readonly output: Output;
  readonly globals: GlobalOptions;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** The arguments of this call, to be noted in a run. */
  readonly commandLine: readonly string[];
}

/** The most that a 32-bit seed can be; sets that are drawn take no larger one. */
const MOST_SEED = 2 ** 32 - 1;
const MOST_THREADS = 256;

/** Declares the options that every command takes. */
export function addGlobalOptions(program: Command): void {
  program
    .option("--data-dir <folder>", "where data sets lie, one folder each (default: SANDGLASS_DATA, then the cache)")
    .option("--threads <number>", "threads to compute with (default: one a processor)", wholeNumber(1, MOST_THREADS))
    .option("--deterministic", "the same bits on every machine, a little slower")
    .option(
      "--seed <number>",
      "decides first weights, order, noise and drawn data (default: 0)",
      wholeNumber(0, MOST_SEED),
    )
    .option("--json", "one JSON object on standard output, everything else on standard error")
    .option("--quiet", "no progress, only the result and errors");
}

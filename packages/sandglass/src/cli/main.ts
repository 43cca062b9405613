/** The command line: from arguments to an exit code. */
import { CommanderError } from "commander";
import { describeFailure } from "./failure.ts";
import { INTERRUPTED, watchInterruption } from "./interruption.ts";
import { Output } from "./output.ts";
import { createProgram } from "./program.ts";

/**
 * Runs one command.
 *
 * @param commandLine what stands after the program's name.
 * @returns 0, or 1 when the command failed, 2 when it was called in a wrong way, 130 when Ctrl-C ended it.
 */
export async function main(commandLine: readonly string[]): Promise<number> {
  // Known before anything is parsed, so that wrong usage is reported in the right form, too.
  const output = new Output({ json: commandLine.includes("--json"), quiet: commandLine.includes("--quiet") });
  endQuietlyWithPipe();
  const interruption = watchInterruption(() =>
    output.note("\nStopping after this step. Press Ctrl-C again to quit at once."),
  );
  try {
    const program = createProgram({ output, signal: interruption.signal, commandLine });
    // Called with nothing, it says what there is.
    if (commandLine.length === 0) program.help();
    await program.parseAsync(commandLine, { from: "user" });
    return interruption.signal.aborted ? INTERRUPTED : 0;
  } catch (error) {
    // Help and version are printed by then.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const failure = describeFailure(error);
    output.failure(failure.message, { kind: failure.kind, exitCode: failure.exitCode });
    return failure.exitCode;
  } finally {
    interruption.dispose();
  }
}

/** `sandglass datasets | head -1` closes the pipe early, which is no failure. */
function endQuietlyWithPipe(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}

/** Exit code of a command that failed (1) or was called in a wrong way (2). */
export type FailureCode = 1 | 2;

/**
 * Something that the user can mend: its message says what came, what was expected and what to do. The command line prints
 * the message without a stack and ends with the exit code; any other error is a bug.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly exitCode: FailureCode;

  /** @param options `exitCode` is 1 unless given: 2 stands for wrong usage, such as an unknown name or option. */
  constructor(message: string, { exitCode = 1, cause }: { exitCode?: FailureCode; cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.exitCode = exitCode;
  }
}

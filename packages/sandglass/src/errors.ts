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

/** A part of a set was asked for that the set does not have. */
export class MissingPartError extends UserError {
  constructor(message: string) {
    super(message, { exitCode: 2 });
  }
}

/**
 * Runs what goes by the user's choices: what is wrong with those is wrong usage.
 *
 * @param classes of the errors that say so; RangeError, a value that is out of range, unless given.
 * @throws UserError with exit code 2 in the place of such errors; others as they are.
 */
export function asWrongUsage<T>(run: () => T, classes: readonly (new (message: string) => Error)[] = [RangeError]): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Error) || !classes.some((known) => error instanceof known)) throw error;
    throw new UserError(error.message, { exitCode: 2, cause: error });
  }
}

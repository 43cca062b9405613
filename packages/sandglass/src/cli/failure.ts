/** What is said of an error, and the exit code that it gives. */
import { CommanderError } from "commander";
import { UserError } from "../errors.ts";
import { Interrupted, INTERRUPTED } from "./interruption.ts";

export interface Failure {
  /** `usage`: called in a wrong way; `failure`: the user can mend it; `bug`: only we can. */
  readonly kind: "usage" | "failure" | "interrupted" | "bug";
  readonly exitCode: number;
  readonly message: string;
}

/** Errors of the core whose messages are meant for the user. By name, so that help does not load the core. */
const CORE_ERRORS: ReadonlySet<string> = new Set([
  "CifarError",
  "DatasetError",
  "GraphError",
  "IdxError",
  "KerasFileError",
  "NpyError",
  "TableError",
  "TrainingDiverged",
]);

/** What JavaScript and our own memory say of a model or a batch that is too large. */
const TOO_LARGE = /^(?:out of memory: |Array buffer allocation failed$|Invalid typed array length: )/u;

export function describeFailure(error: unknown): Failure {
  if (error instanceof CommanderError) {
    return { kind: "usage", exitCode: 2, message: error.message.replace(/^error: /u, "") };
  }
  if (error instanceof Interrupted) return { kind: "interrupted", exitCode: INTERRUPTED, message: error.message };
  if (error instanceof UserError) {
    const { exitCode, message } = error;
    return { kind: exitCode === 2 ? "usage" : "failure", exitCode, message };
  }
  if (error instanceof Error && CORE_ERRORS.has(error.name)) {
    return { kind: "failure", exitCode: 1, message: error.message };
  }
  if (error instanceof RangeError && TOO_LARGE.test(error.message)) {
    return {
      kind: "failure",
      exitCode: 1,
      message: `the model, or a batch of the data, is too large for memory (${error.message}); take smaller images (--size), a smaller model or a smaller --batch-size`,
    };
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { kind: "bug", exitCode: 1, message: `this is a fault of Sandglass, please report it:\n${trace}` };
}

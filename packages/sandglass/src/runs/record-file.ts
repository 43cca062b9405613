/** `run.json` as a file, whatever the kind of the run. */
import { UserError } from "../errors.ts";
import type { CommonRecord } from "./run-record.ts";

/** The records of autoencoders do not say what they are, because they were there first. */
export type RunKind = "autoencoder" | "classifier";

/** What is wrong with a run of a kind where another one is needed. */
const OTHER_KIND: Readonly<Record<RunKind, string>> = {
  autoencoder:
    'is that of an autoencoder, which tells no classes apart; give a run of "sandglass classify train", or make one on its encoder with --base',
  classifier:
    'is that of a classifier, which has no codes and gives no samples back; use it with "sandglass classify", or give a run of an autoencoder',
};

/** What later commands build on. */
const NEEDED = ["state", "data", "model", "training", "result"] as const;

/** The content of `run.json`. */
export function formatRecord(record: CommonRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

/**
 * The kind of the run that a `run.json` is of.
 *
 * @throws UserError when it is damaged.
 */
export function recordKind(text: string, path: string): RunKind {
  return kindOf(parseJson(text, path));
}

/**
 * Reads `run.json`, and checks what later commands build on.
 *
 * @returns a record of the kind and version.
 * @throws UserError when it is no such file, or that of another kind of run.
 */
export function parseRecordFile(
  text: string,
  path: string,
  wanted: { readonly kind: RunKind; readonly version: number },
): object {
  const value = parseJson(text, path);
  const kind = kindOf(value);
  if (kind !== wanted.kind) throw new UserError(`${path} ${OTHER_KIND[kind]}`, { exitCode: 2 });
  const { version } = value as { readonly version?: unknown };
  if (version !== wanted.version) {
    throw new UserError(
      `${path} is of version ${String(version)}, and this Sandglass reads version ${wanted.version}; ` +
        "train anew, or use the Sandglass that made it",
    );
  }
  const missing = NEEDED.find((key) => !(key in value));
  if (missing !== undefined) throw new UserError(`${path} has no "${missing}"; the run is damaged`);
  return value;
}

function parseJson(text: string, path: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${path} is no JSON (${String(error)}); the run is damaged`, { cause: error });
  }
  if (typeof value === "object" && value !== null) return value;
  throw new UserError(`${path} holds ${JSON.stringify(value)} and says nothing of a run; the run is damaged`);
}

function kindOf(value: object): RunKind {
  return "kind" in value && value.kind === "classifier" ? "classifier" : "autoencoder";
}

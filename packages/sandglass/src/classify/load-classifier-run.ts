import { join } from "node:path";
import { classify, KerasFileError, type Device } from "@sandglass/core";
import { UserError } from "../errors.ts";
import { findRun } from "../runs/last-run.ts";
import { loadPreparation } from "../runs/load-run.ts";
import { readRunFile, runFiles } from "../runs/run-folder.ts";
import type { Preparation } from "../sources/index.ts";
import { parseClassifierRecord, type ClassifierRecord } from "./classifier-record.ts";

/** A run of a classifier that was read back. */
export interface ClassifierRun {
  readonly folder: string;
  readonly record: ClassifierRecord;
  readonly classifier: classify.Classifier;
  readonly preparation: Preparation;
}

/**
 * Reads a run of a classifier.
 *
 * @throws UserError when there is no such run, it is that of an autoencoder, or it is damaged.
 * @example
 * const { classifier, preparation } = await loadClassifierRun("runs/last");
 */
export async function loadClassifierRun(
  typed: string,
  { device }: { readonly device?: Device } = {},
): Promise<ClassifierRun> {
  const folder = await findRun(typed);
  const text = new TextDecoder().decode(await readRunFile(folder, runFiles.record));
  const record = parseClassifierRecord(text, join(folder, runFiles.record));
  const preparation = await loadPreparation(folder);
  const bytes = await readRunFile(folder, runFiles.model);
  try {
    return { folder, record, preparation, classifier: await classify.load(bytes, { device }) };
  } catch (error) {
    if (!(error instanceof KerasFileError)) throw error;
    throw new UserError(`${join(folder, runFiles.model)}: ${error.message}`, { cause: error });
  }
}

import { join } from "node:path";
import { classify } from "@sandglass/core";
import { findRun } from "../runs/last-run.ts";
import { loadParts, type LoadRunOptions, type RunParts } from "../runs/load-run.ts";
import { readRunFile, runFiles } from "../runs/run-folder.ts";
import { parseClassifierRecord, type ClassifierRecord } from "./classifier-record.ts";

/** A run of a classifier that was read back. */
export interface ClassifierRun extends Omit<RunParts<classify.Classifier>, "model"> {
  readonly record: ClassifierRecord;
  readonly classifier: classify.Classifier;
}

/** Reads what is known of a run of a classifier, without its network. */
export async function loadClassifierRecord(typed: string): Promise<ClassifierRecord> {
  const folder = await findRun(typed);
  const text = new TextDecoder().decode(await readRunFile(folder, runFiles.record));
  return parseClassifierRecord(text, join(folder, runFiles.record));
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
  { device, resume = false }: LoadRunOptions = {},
): Promise<ClassifierRun> {
  const record = await loadClassifierRecord(typed);
  const load = (bytes: Uint8Array): Promise<classify.Classifier> => classify.load(bytes, { device });
  const { model: classifier, ...parts } = await loadParts(typed, load, resume);
  return { ...parts, record, classifier };
}

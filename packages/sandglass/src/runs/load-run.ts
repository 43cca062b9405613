import { join } from "node:path";
import { models, type Autoencoder, type Device } from "@sandglass/core";
import { UserError } from "../errors.ts";
import { parseHistory, type EpochFigures } from "./history-csv.ts";
import { findRun } from "./last-run.ts";
import { hasRunFile, readRunFile, runFiles } from "./run-folder.ts";
import { parseRecord, type RunRecord } from "./run-record.ts";

/** A run that was read back. */
export interface Run {
  readonly folder: string;
  readonly record: RunRecord;
  readonly history: readonly EpochFigures[];
  readonly model: Autoencoder;
}

export interface LoadRunOptions {
  /** Where the model computes; the device that all models share unless given. */
  readonly device?: Device;
  /** Whether to take the state at the end of the last whole epoch, to go on from there; false unless given. */
  readonly resume?: boolean;
}

/** Reads what is known of a run, without its model. */
export async function loadRecord(typed: string): Promise<RunRecord> {
  const folder = await findRun(typed);
  return parseRecord(await readText(folder, runFiles.record), join(folder, runFiles.record));
}

/**
 * Reads a run and its model, which is ready to predict and to be measured.
 *
 * @param typed the path of its folder, or its name: `runs/last`.
 * @throws UserError when there is no such run, or it is damaged.
 */
export async function loadRun(typed: string, { device, resume = false }: LoadRunOptions = {}): Promise<Run> {
  const folder = await findRun(typed);
  const record = await loadRecord(folder);
  const history = parseHistory(await readText(folder, runFiles.history), join(folder, runFiles.history));
  const name = resume && (await hasRunFile(folder, runFiles.checkpoint)) ? runFiles.checkpoint : runFiles.model;
  const bytes = await readRunFile(folder, name);
  try {
    return { folder, record, history, model: await models.load(bytes, { device }) };
  } catch (error) {
    if (!(error instanceof Error && error.name === "KerasFileError")) throw error;
    throw new UserError(`${join(folder, name)}: ${error.message}`, { cause: error });
  }
}

async function readText(folder: string, name: string): Promise<string> {
  return new TextDecoder().decode(await readRunFile(folder, name));
}

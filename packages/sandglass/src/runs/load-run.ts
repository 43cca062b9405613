import { join } from "node:path";
import { KerasFileError, models, tables, type Autoencoder, type Device } from "@sandglass/core";
import { parseSampleCoding } from "../data/index.ts";
import { UserError } from "../errors.ts";
import type { Preparation } from "../sources/index.ts";
import { parseReadings } from "../tables/index.ts";
import { parseHistory, type EpochFigures } from "./history-csv.ts";
import { findRun } from "./last-run.ts";
import { hasRunFile, readRunFile, runFiles } from "./run-folder.ts";
import { recordKind, type RunKind } from "./record-file.ts";
import { parseRecord, type RunRecord } from "./run-record.ts";

/** A run that was read back. */
export interface Run {
  readonly folder: string;
  readonly record: RunRecord;
  readonly history: readonly EpochFigures[];
  readonly model: Autoencoder;
  readonly preparation: Preparation;
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

/** Reads of which kind a run is. */
export async function loadKind(typed: string): Promise<RunKind> {
  const folder = await findRun(typed);
  return recordKind(await readText(folder, runFiles.record), join(folder, runFiles.record));
}

/**
 * Reads a run and its model, which is ready to predict and to be measured.
 *
 * @param typed the path of its folder, or its name: `runs/last`.
 * @throws UserError when there is no such run, or it is damaged.
 */
export async function loadRun(typed: string, { device, resume = false }: LoadRunOptions = {}): Promise<Run> {
  const record = await loadRecord(typed);
  return { record, ...(await loadParts(typed, (bytes) => models.load(bytes, { device }), resume)) };
}

/** What runs of every kind have beside their records. */
export interface RunParts<Model> {
  readonly folder: string;
  readonly history: readonly EpochFigures[];
  readonly preparation: Preparation;
  readonly model: Model;
}

/**
 * Reads what a run of any kind has beside its record.
 *
 * @param load makes the model of its file.
 * @param resume whether to take the state at the end of the last whole epoch.
 * @throws UserError when there is no such run, or it is damaged.
 */
export async function loadParts<Model>(
  typed: string,
  load: (bytes: Uint8Array) => Promise<Model>,
  resume: boolean,
): Promise<RunParts<Model>> {
  const folder = await findRun(typed);
  const history = parseHistory(await readText(folder, runFiles.history), join(folder, runFiles.history));
  const preparation = await loadPreparation(folder);
  const name = resume && (await hasRunFile(folder, runFiles.checkpoint)) ? runFiles.checkpoint : runFiles.model;
  const bytes = await readRunFile(folder, name);
  try {
    return { folder, history, preparation, model: await load(bytes) };
  } catch (error) {
    if (!(error instanceof KerasFileError)) throw error;
    throw new UserError(`${join(folder, name)}: ${error.message}`, { cause: error });
  }
}

/**
 * Reads how a run prepared its data.
 *
 * @throws UserError when it is damaged.
 */
export async function loadPreparation(folder: string): Promise<Preparation> {
  const path = join(folder, runFiles.preparation);
  const text = await readText(folder, runFiles.preparation);
  let value: Partial<Preparation> | null;
  try {
    value = JSON.parse(text) as Partial<Preparation> | null;
  } catch (error) {
    throw new UserError(`${path} is no JSON (${String(error)}); the run is damaged`, { cause: error });
  }
  if (typeof value?.kind === "string") {
    if ("preprocessing" in value) checkPart((one) => tables.TableEncoder.fromJSON(one), value.preprocessing, path);
    if ("readings" in value) checkPart(parseReadings, value.readings, path);
    if ("coding" in value) checkCoding(value.coding, path);
    return value as Preparation;
  }
  throw new UserError(`${path} does not say how data are prepared; the run is damaged`);
}

function checkPart(parse: (value: unknown) => unknown, value: unknown, path: string): void {
  try {
    parse(value);
  } catch (error) {
    if (error instanceof tables.TableError) throw new UserError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}

function checkCoding(value: unknown, path: string): void {
  try {
    parseSampleCoding(value);
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}

async function readText(folder: string, name: string): Promise<string> {
  return new TextDecoder().decode(await readRunFile(folder, name));
}

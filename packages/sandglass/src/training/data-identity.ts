/** Which data a run was made with, and whether others are the same. */
import { counted } from "@sandglass/core";
import { UserError } from "../errors.ts";
import type { DataIdentity } from "../runs/run-record.ts";
import type { PreparedData, TrainingRequest } from "../sources/index.ts";

/** What a run notes of its data. */
export function identify(data: PreparedData, source: string, request: TrainingRequest): DataIdentity {
  const { name, training, validation, validatedWith, fingerprint, notes, leaks } = data;
  return {
    name,
    source,
    shape: training.shape,
    training: training.count,
    validation: validation?.count ?? 0,
    validatedWith,
    sha256: fingerprint,
    ...(training.classNames && { classNames: training.classNames }),
    request,
    ...(notes.length > 0 && { notes }),
    ...(leaks && { leaks }),
  };
}

/**
 * Makes sure that data are those of a run.
 *
 * @throws UserError when they are others.
 */
export function checkSameData(identity: DataIdentity, { fingerprint, training }: PreparedData): void {
  if (fingerprint === identity.sha256) return;
  throw new UserError(
    `the data "${identity.source}" are not those of the run: ${counted(training.count, "sample")} to train with and the SHA-256 ${fingerprint} ` +
      `came, and ${identity.training} with ${identity.sha256} are needed. Train anew, or give the data back as they were`,
  );
}

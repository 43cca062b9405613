/** From a training to the files of its run. */
import {
  augmentationExhibit,
  hasTargets,
  type AnyDataset,
  type Autoencoder,
  type Device,
  type Exhibit,
} from "@sandglass/core";
import { examinationExhibits, inOwnColumns, renderReport } from "../report/index.ts";
import { formatHistory, type EpochFigures } from "../runs/history-csv.ts";
import { runFiles, writeRun } from "../runs/run-folder.ts";
import { formatRecord } from "../runs/record-file.ts";
import { hasLearnedNothing, type RunRecord } from "../runs/run-record.ts";
import { caveatOf, examine, examined, examineWithPca } from "../examination/examine.ts";
import { encoderOf, type Preparation } from "../sources/index.ts";
import type { Outcome } from "./train.ts";

interface RunToSave {
  readonly model: Autoencoder;
  readonly record: RunRecord;
  readonly history: readonly EpochFigures[];
}

/** A run whose training is over. */
interface DoneRun extends RunToSave {
  readonly outcome: Outcome;
  readonly training: AnyDataset;
  readonly validation: AnyDataset | undefined;
  readonly preparation: Preparation;
  readonly device: Device;
}

/**
 * Writes a run while its training goes on.
 *
 * @throws UserError when nothing can be written.
 */
export async function saveProgress(
  folder: string,
  { model, record, history, preparation }: RunToSave & Pick<DoneRun, "preparation">,
): Promise<void> {
  await writeRun(folder, {
    [runFiles.history]: formatHistory(history),
    [runFiles.model]: await model.save(),
    [runFiles.preparation]: formatPreparation(preparation),
    [runFiles.record]: formatRecord(record),
  });
}

/**
 * Writes a run whose training is over, with its report, and returns its record as written.
 *
 * @throws UserError when nothing can be written.
 */
export async function saveRun(folder: string, run: DoneRun): Promise<RunRecord> {
  const { model, history, outcome } = run;
  const bytes = await model.save();
  const { record, exhibits } = await look(run);
  const summary = model.summary({ print: () => undefined });
  // Last, because it takes the model back to an earlier state.
  await outcome.checkpoint?.restore();
  const checkpoint = outcome.checkpoint && (await model.save());
  const { warnings = [], reconstruction, pca } = record.result;
  const comparison = reconstruction && pca && { ...pca, modelMse: reconstruction.mse };
  await writeRun(folder, {
    [runFiles.history]: formatHistory(history),
    [runFiles.model]: bytes,
    [runFiles.preparation]: formatPreparation(run.preparation),
    [runFiles.checkpoint]: checkpoint,
    [runFiles.report]: await renderReport({ record, history, summary, exhibits, warnings, comparison }),
    [runFiles.record]: formatRecord(record),
  });
  return record;
}

/** The content of `preparation.json`. */
export function formatPreparation(preparation: Preparation): string {
  return `${JSON.stringify(preparation, undefined, 2)}\n`;
}

/** What there is to see of the model, and what is measured on the way. */
async function look({
  model,
  record,
  training,
  validation,
  preparation,
  device,
}: DoneRun): Promise<{ readonly record: RunRecord; readonly exhibits: readonly Exhibit[] }> {
  if (hasLearnedNothing(record)) return { record, exhibits: [] };
  const data = await examined(validation ?? training);
  const encoder = encoderOf(preparation);
  const translated = (exhibit: Exhibit): Exhibit => (encoder === undefined ? exhibit : inOwnColumns(exhibit, encoder));
  const seen = await model.ownExhibits(data, { seed: record.training.seed, training: await examined(training) });
  const own = seen.map(translated);
  const { augment, seed } = record.training;
  const augmented =
    augment === undefined ? [] : [translated(await augmentationExhibit(data, augment, { seed, device }))];
  if (model.encoder === undefined) return { record, exhibits: [...own, ...augmented] };
  const examination = await examine(model, data);
  const { mse, explainedVariance, targets } = examination;
  const { corruptsInputs = false } = model.network;
  const codeSize = record.model.code.reduce((product, dim) => product * dim, 1);
  const isComparable = !hasTargets(data) && hasYardstick(record);
  const pca = isComparable ? await examineWithPca(training, examination, { codeSize, device }) : undefined;
  const caveat = pca && (await caveatOf(model, examination, codeSize));
  const result = {
    ...record.result,
    reconstruction: {
      samples: data.count,
      ...(corruptsInputs && { inputs: "clean" as const }),
      mse,
      explainedVariance,
      ...(targets && { targets }),
    },
    ...(pca && { pca: { ...pca, ...(caveat && { caveat }) } }),
  };
  const general = examinationExhibits(examination, encoder);
  // What a model was made for comes first.
  const before = corruptsInputs ? 0 : 1;
  return { record: { ...record, result }, exhibits: [...general.toSpliced(before, 0, ...own), ...augmented] };
}

/** Nobody compares the yardstick with itself, nor what has hardly been trained with it. It gives samples back, and makes no targets of them. */
function hasYardstick({ model, state, result }: RunRecord): boolean {
  return model.family !== "pca" && state !== "diverged" && result.epochs > 0;
}

/** From a classifier to the files of its run. */
import type { classify, Exhibit } from "@sandglass/core";
import { formatHistory, type EpochFigures } from "../runs/history-csv.ts";
import { formatRecord } from "../runs/record-file.ts";
import { runFiles, writeRun } from "../runs/run-folder.ts";
import type { Preparation } from "../sources/index.ts";
import { formatPreparation } from "../training/save-run.ts";
import type { ClassifierRecord } from "./classifier-record.ts";
import { renderClassifierReport } from "./render-classifier-report.ts";

interface RunToSave {
  readonly classifier: classify.Classifier;
  readonly record: ClassifierRecord;
  readonly history: readonly EpochFigures[];
  readonly preparation: Preparation;
}

/**
 * Writes a run that is not over: `resume` goes on with it.
 *
 * @throws UserError when nothing can be written.
 */
export async function saveClassifierProgress(
  folder: string,
  { classifier, record, history, preparation }: RunToSave,
): Promise<void> {
  await writeRun(folder, {
    [runFiles.history]: formatHistory(history),
    [runFiles.model]: await classifier.save({ includeOptimizer: true }),
    [runFiles.preparation]: formatPreparation(preparation),
    [runFiles.checkpoint]: undefined,
    [runFiles.record]: formatRecord(record),
  });
}

/**
 * Writes a run with its report.
 *
 * @param checkpoint where the training can go on from; undefined where it is over.
 * @throws UserError when nothing can be written.
 */
export async function saveClassifierRun(
  folder: string,
  { classifier, record, history, preparation }: RunToSave,
  exhibits: readonly Exhibit[],
  checkpoint: classify.ClassifierSnapshot | undefined,
): Promise<void> {
  const bytes = await classifier.save();
  const summary = classifier.summary({ print: () => undefined, expandNested: record.model.base === undefined });
  // Last, because it takes the network back to an earlier state.
  checkpoint?.restore();
  await writeRun(folder, {
    [runFiles.history]: formatHistory(history),
    [runFiles.model]: bytes,
    [runFiles.preparation]: formatPreparation(preparation),
    [runFiles.checkpoint]: checkpoint && (await classifier.save({ includeOptimizer: true })),
    [runFiles.report]: await renderClassifierReport({ record, history, summary, exhibits }),
    [runFiles.record]: formatRecord(record),
  });
}

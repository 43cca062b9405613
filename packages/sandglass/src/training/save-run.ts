/** From a training to the files of its run. */
import { saveModel, type Dataset, type Model } from "@sandglass/core";
import { examinationExhibits, renderReport } from "../report/index.ts";
import { formatHistory, type EpochFigures } from "../runs/history-csv.ts";
import { runFiles, writeRun } from "../runs/run-folder.ts";
import { formatRecord, type ReconstructionFigures, type RunRecord } from "../runs/run-record.ts";
import { examine, type Examination } from "../examination/examine.ts";
import type { Outcome } from "./train.ts";

export interface RunToSave {
  readonly model: Model;
  readonly record: RunRecord;
  readonly history: readonly EpochFigures[];
  /** Samples to examine the model with, for the report; while a training goes on there is none. */
  readonly examined?: Dataset;
  readonly outcome?: Outcome;
}

/**
 * Writes a run and returns its record as written.
 *
 * @throws UserError when nothing can be written.
 */
export async function saveRun(folder: string, run: RunToSave): Promise<RunRecord> {
  const { model, record: given, history, examined, outcome } = run;
  const bytes = await saveModel(model);
  const examination = examined && (await examine(model, examined));
  const record: RunRecord =
    examination === undefined
      ? given
      : { ...given, result: { ...given.result, reconstruction: figuresOf(examination) } };
  const summary = model.summary({ print: () => undefined, expandNested: true });
  // Last, because it takes the model back to an earlier state.
  outcome?.checkpoint?.restore();
  const checkpoint = outcome?.checkpoint && (await saveModel(model));
  await writeRun(folder, {
    [runFiles.history]: formatHistory(history),
    [runFiles.model]: bytes,
    [runFiles.checkpoint]: checkpoint,
    ...(examination !== undefined && {
      [runFiles.report]: await renderReport({
        record,
        history,
        summary,
        exhibits: examinationExhibits(examination),
        warnings: [],
      }),
    }),
    [runFiles.record]: formatRecord(record),
  });
  return record;
}

function figuresOf({ data, mse, explainedVariance }: Examination): ReconstructionFigures {
  return { samples: data.count, mse, explainedVariance };
}

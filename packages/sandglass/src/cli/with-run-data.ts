import { loadPreparation, loadRecord } from "../runs/load-run.ts";
import { findRun } from "../runs/last-run.ts";
import type { RunRecord } from "../runs/run-record.ts";
import { openForUse, type Half, type Preparation, type ReadingChoices, type UsableData } from "../sources/index.ts";
import type { Context } from "./context.ts";
import { openServices } from "./open-services.ts";

/** What a run is used on. */
export interface RunDataRequest {
  readonly source: string;
  readonly half: Half;
  readonly count?: number | undefined;
  /** Where the targets of images are. */
  readonly target?: string | undefined;
  /** How files are read; as when the run was made, unless given. */
  readonly reading?: ReadingChoices | undefined;
}

/** Data for a run, prepared as those that it was made with, and what the run says of itself. */
export interface RunData extends UsableData {
  readonly record: RunRecord;
}

/** Opens data for a run, does something with them, and closes them. */
export async function withRunData<Result>(
  context: Context,
  typed: string,
  request: RunDataRequest,
  use: (data: RunData) => Promise<Result>,
): Promise<Result> {
  const record = await loadRecord(typed);
  const preparation = await loadPreparation(await findRun(typed));
  const opened = await openRunData(context, { record, preparation }, request);
  try {
    return await use({ ...opened, record });
  } finally {
    await opened.close();
  }
}

/** Opens data for a run, whatever kind of run it is, and says what there is to say of them. */
export async function openRunData(
  context: Context,
  { record, preparation }: { readonly record: Pick<RunRecord, "training">; readonly preparation: Preparation },
  { source, half, count, target, reading }: RunDataRequest,
): Promise<UsableData> {
  // Drawn data come from the run's own seed unless another is given: its test half is drawn from seeds of its own.
  const seed = context.globals.seed ?? record.training.seed;
  const request = { half, count, target, seed, ...reading };
  const opened = await openForUse(source, preparation, request, openServices(context));
  for (const note of opened.notes) context.output.note(`${opened.data.name}: ${note}`);
  return opened;
}

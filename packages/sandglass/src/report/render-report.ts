/** `report.html`: one page that needs nothing but itself. */
import { counted, type Exhibit, type Warning } from "@sandglass/core";
import type { EpochFigures } from "../runs/history-csv.ts";
import { hasLearnedNothing, isSolved, type RunRecord } from "../runs/run-record.ts";
import { leakWarnings } from "../leaks/index.ts";
import { renderComparison, type Comparison } from "./comparison.ts";
import { renderModel, renderRepetition } from "./details.ts";
import { renderExhibits } from "./exhibit-section.ts";
import { html } from "./html.ts";
import { renderKeyFigures, sizeOf } from "./key-figures.ts";
import { renderNotice, renderWarnings } from "./notices.ts";
import { renderPage } from "./page.ts";
import { formatDims, formatSamples } from "../text/number-format.ts";
import { renderTraining } from "./training-section.ts";

export interface ReportContent {
  readonly record: RunRecord;
  readonly history: readonly EpochFigures[];
  /** The model's layers as text. */
  readonly summary: string;
  /** What there is to see, in order. */
  readonly exhibits: readonly Exhibit[];
  /** What must not be overlooked. */
  readonly warnings: readonly Warning[];
  /** Of the model with PCA, where both were examined. */
  readonly comparison?: Comparison | undefined;
}

/** The whole page. */
export async function renderReport(content: ReportContent): Promise<string> {
  const { record, history, summary, exhibits, warnings, comparison } = content;
  const leaks = leakWarnings(record.data.leaks, record.data.validatedWith === "held back");
  const title = `${record.model.family} on ${record.data.name}`;
  const main = html`${renderWarnings([...warnings, ...leaks])} ${renderNotice(record)} ${renderKeyFigures(record)}
  ${await renderExhibits(exhibits, "pictures")} ${comparison && renderComparison(comparison)}
  ${await renderTraining(record, history)} ${await renderExhibits(exhibits, "code")} ${renderModel(summary)}
  ${renderRepetition(record)}`;
  return renderPage({ title, lead: describeRun(record), main });
}

function describeRun(record: RunRecord): string {
  const { data, result } = record;
  const samples = formatSamples(data.training);
  const how = isSolved(result)
    ? `solved for ${samples}`
    : `trained on ${samples} for ${counted(result.epochs, "epoch")}`;
  return `${describeModel(record)}, ${how}.`;
}

/** Only a model that can encode gives anything back. */
function describeModel({ state, data, model, result }: RunRecord): string {
  const shape = formatDims(data.shape);
  if (hasLearnedNothing({ state, result })) return `A model of samples of ${shape}`;
  if (result.reconstruction === undefined) {
    return `A generator that makes samples of ${shape} from ${counted(sizeOf(model.code), "number")}`;
  }
  const code = formatDims(model.code);
  return sizeOf(model.code) < sizeOf(data.shape)
    ? `An autoencoder that squeezes samples of ${shape} into a code of ${code}`
    : `An autoencoder of samples of ${shape} with an overcomplete code, of ${code}`;
}

/** `report.html`: one page that needs nothing but itself. */
import { readFile } from "node:fs/promises";
import { counted, type Exhibit, type Warning } from "@sandglass/core";
import type { EpochFigures } from "../runs/history-csv.ts";
import { hasLearnedNothing, isSolved, type RunRecord } from "../runs/run-record.ts";
import { renderComparison, type Comparison } from "./comparison.ts";
import { renderModel, renderRepetition } from "./details.ts";
import { renderExhibits } from "./exhibit-section.ts";
import { Html, html } from "./html.ts";
import { renderKeyFigures, sizeOf } from "./key-figures.ts";
import { renderNotice, renderWarnings } from "./notices.ts";
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

const STYLES = ["report.css", "exhibits.css"];

/** The whole page. */
export async function renderReport(content: ReportContent): Promise<string> {
  const { record, history, summary, exhibits, warnings, comparison } = content;
  const styles = await Promise.all(STYLES.map((name) => readFile(new URL(name, import.meta.url), "utf8")));
  const title = `${record.model.family} on ${record.data.name}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – Sandglass</title>
        <style>
          ${new Html(styles.join("\n"))}
        </style>
      </head>
      <body>
        <header>
          <p class="brand">${LOGO} Sandglass</p>
          <h1>${title}</h1>
          <p class="lead">${describeRun(record)}</p>
        </header>
        <main>
          ${renderWarnings(warnings)} ${renderNotice(record)} ${renderKeyFigures(record)}
          ${await renderExhibits(exhibits, "pictures")} ${comparison && renderComparison(comparison)}
          ${await renderTraining(record, history)} ${await renderExhibits(exhibits, "code")} ${renderModel(summary)}
          ${renderRepetition(record)}
        </main>
      </body>
    </html>`;
  return page.text.replaceAll(/\n\s*\n/gu, "\n");
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

const LOGO = new Html(
  '<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M5 3h14M5 21h14M7 3c0 6 5 6 5 9s-5 3-5 9M17 ' +
    '3c0 6-5 6-5 9s5 3 5 9" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/>' +
    '<path d="M9 20c0-2.5 1.6-3.6 3-4.4 1.4.8 3 1.9 3 4.4z" fill="currentColor"/></svg>',
);

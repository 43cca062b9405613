/** `report.html`: one page that needs nothing but itself. */
import { readFile } from "node:fs/promises";
import type { EpochFigures } from "../runs/history-csv.ts";
import type { RunRecord, RunState } from "../runs/run-record.ts";
import type { Examination } from "../examination/examine.ts";
import { renderHistoryTable, renderModel, renderRepetition } from "./details.ts";
import { renderGallery } from "./gallery.ts";
import { Html, html } from "./html.ts";
import { renderKeyFigures, sizeOf } from "./key-figures.ts";
import { drawCurves } from "./loss-chart.ts";
import { formatDims, formatFigure, formatSamples } from "./number-format.ts";

export interface ReportContent {
  readonly record: RunRecord;
  readonly history: readonly EpochFigures[];
  /** The model's layers as text. */
  readonly summary: string;
  readonly examination: Examination;
}

/** What figures are called in full. */
const FIGURES: Readonly<Record<string, string>> = {
  mse: "Mean squared error",
  mae: "Mean absolute error",
  bce: "Binary crossentropy",
};

/** The whole page. */
export async function renderReport({ record, history, summary, examination }: ReportContent): Promise<string> {
  const style = await readFile(new URL("report.css", import.meta.url), "utf8");
  const title = `${record.model.family} on ${record.data.name}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – Sandglass</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <header>
          <p class="brand">${LOGO} Sandglass</p>
          <h1>${title}</h1>
          <p class="lead">${describeRun(record)}</p>
        </header>
        <main>
          ${renderNotice(record)} ${renderKeyFigures(record)} ${await renderCurves(record, history)}
          ${await renderGallery(examination, sizeOf(record.model.code))} ${renderModel(summary)}
          ${renderRepetition(record)}
        </main>
      </body>
    </html>`;
  return page.text.replaceAll(/\n\s*\n/gu, "\n");
}

function describeRun({ data, model, result }: RunRecord): string {
  const samples = formatSamples(data.count - data.validation);
  const code = formatDims(model.code);
  const epochs = `${result.epochs} epoch${result.epochs === 1 ? "" : "s"}`;
  return `An autoencoder that squeezes samples of ${formatDims(data.shape)} into a code of ${code}, trained on ${samples} for ${epochs}.`;
}

/** A training that ended otherwise than planned says so at the top. */
const NOTICES: Readonly<Record<RunState, string | undefined>> = {
  running: undefined,
  finished: undefined,
  "stopped early": "Training stopped early: it no longer got better.",
  interrupted: "Training was interrupted. “sandglass resume” goes on with it.",
  diverged: "Training diverged. The model has its last good weights.",
};

function renderNotice({ state, result }: RunRecord): Html | undefined {
  const notice = NOTICES[state];
  if (notice === undefined) return undefined;
  return html`<p class="notice ${state === "diverged" ? "bad" : ""}">
    <strong>${notice}</strong> ${result.note === undefined ? "" : sentence(result.note)}
  </p>`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}

async function renderCurves({ training }: RunRecord, history: readonly EpochFigures[]): Promise<Html | undefined> {
  const last = history.at(-1);
  if (last === undefined) return undefined;
  const figures = Object.keys(last).filter((name) => !name.startsWith("val_"));
  const charts = await Promise.all(
    figures.map(async (figure) => {
      const name = FIGURES[figure === "loss" ? training.loss : figure] ?? figure;
      const validation = last[`val_${figure}`];
      return html`<figure>
        <figcaption>
          <strong>${name}${figure === "loss" ? ", the loss" : ""}</strong>
          <span class="legend training">training ${formatFigure(last[figure] ?? NaN)}</span>
          ${
            validation === undefined
              ? undefined
              : html`<span class="legend validation">validation ${formatFigure(validation)}</span>`
          }
        </figcaption>
        ${await drawCurves({ figure, epochs: history })}
      </figure>`;
    }),
  );
  return html`<section>
    <h2>Training</h2>
    <div class="charts">${charts}</div>
    ${renderHistoryTable(history)}
  </section>`;
}

const LOGO = new Html(
  '<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M5 3h14M5 21h14M7 3c0 6 5 6 5 9s-5 3-5 9M17 ' +
    '3c0 6-5 6-5 9s5 3 5 9" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/>' +
    '<path d="M9 20c0-2.5 1.6-3.6 3-4.4 1.4.8 3 1.9 3 4.4z" fill="currentColor"/></svg>',
);

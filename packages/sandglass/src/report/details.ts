/** The parts of the report for whoever wants to repeat or to check a run. */
import { counted } from "@sandglass/core";
import type { EpochFigures } from "../runs/history-csv.ts";
import { repeatingCommand } from "../runs/command-text.ts";
import { isSolved, type RunRecord } from "../runs/run-record.ts";
import { renderFacts, type Fact } from "./facts.ts";
import { html, type Html } from "./html.ts";
import { formatCount, formatDims, formatFigure, formatSamples } from "../text/number-format.ts";

/** Every epoch's figures, folded away. */
export function renderHistoryTable(history: readonly EpochFigures[]): Html | undefined {
  const names = [...new Set(history.flatMap((figures) => Object.keys(figures)))];
  if (names.length === 0) return undefined;
  const rows = history.map(
    (figures, index) =>
      html`<tr>
        <td>${index + 1}</td>
        ${names.map((name) => html`<td>${name in figures ? formatFigure(figures[name] ?? NaN) : ""}</td>`)}
      </tr>`,
  );
  return html`<details>
    <summary>${history.length === 1 ? "The epoch" : `All ${history.length} epochs`}</summary>
    <div class="scroll">
      <table class="numbers">
        <thead>
          <tr>
            <th>epoch</th>
            ${names.map((name) => html`<th>${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** The layers, as Keras prints them. */
export function renderModel(summary: string): Html {
  return html`<section>
    <h2>The model</h2>
    <div class="scroll"><pre>${summary}</pre></div>
    <p><code>model.keras</code> beside this page opens in Keras 3 as well: <code>keras.models.load_model(…)</code>.</p>
  </section>`;
}

/** What a run of any kind says of how it was made. */
export interface RepeatableRun extends Pick<RunRecord, "command" | "started" | "data" | "training" | "environment"> {
  readonly model: Pick<RunRecord["model"], "family" | "options">;
  readonly result: Pick<RunRecord["result"], "epochs" | "phases" | "samplesPerSecond">;
}

/**
 * What to type, with what it was run on.
 *
 * @param more rows beside those that all runs have.
 */
export function renderRepetition(record: RepeatableRun, more: readonly Fact[] = []): Html {
  const { command, started, data, model, training, result, environment } = record;
  const repetition = repeatingCommand(command, training.plannedEpochs === undefined ? undefined : training.epochs);
  const { optimizer, learningRate, decay, batchSize, seed, patience } = training;
  const rows: readonly Fact[] = [
    ["Data", `${data.name}: ${formatSamples(data.training)} of ${formatDims(data.shape)}, ${split(data)}`],
    ...(data.notes ?? []).map((note) => ["Noted of the data", note] as const),
    ["SHA-256", data.sha256],
    ["Model", [model.family, ...describeOptions(model.options)].join(", ")],
    [
      "Training",
      isSolved(result)
        ? "solved at once"
        : `${optimizer}, learning rate ${learningRate}${decay ? " falling to 0" : ""}, batches of ${batchSize}`,
    ],
    ...(patience === undefined
      ? []
      : [["Early stopping", `after ${counted(patience, "epoch")} without improvement`] as const]),
    ...(training.augment === undefined ? [] : [["Augmentation", training.augment] as const]),
    ...more,
    ["Seed", `${seed}${training.deterministic ? ", the same bits on every machine" : ""}`],
    ["Started", new Date(started).toUTCString()],
    ["Versions", `Sandglass ${environment.sandglass}, Node ${environment.node}, ${environment.platform}`],
    ["Processor", `${environment.processor}, ${counted(environment.threads, "thread")}`],
  ];
  return html`<section>
    <h2>Repeat it</h2>
    <pre class="command">${repetition}</pre>
    <p>${describeRepetition(record)}</p>
    ${renderFacts(rows)}
  </section>`;
}

/** What depends on the number of epochs from the first one on differs where that number was changed on the way. */
function describeRepetition({ training, result }: RepeatableRun): string {
  const { decay, plannedEpochs } = training;
  const hasPhases = (result.phases?.length ?? 0) > 1;
  if (plannedEpochs === undefined || !(decay || hasPhases)) {
    return "The same command with the same data and versions gives the same weights, whatever the number of threads.";
  }
  const what = hasPhases ? "divides its epochs among the phases" : "lowers the learning rate";
  return (
    `This training was planned for ${counted(plannedEpochs, "epoch")} and went on with others: the command ${what} ` +
    "by all of them from the start, so that its weights are similar but not the same."
  );
}

/** `loss bce`, `units 128 64`; those that are not set are left out. */
function describeOptions(options: RunRecord["model"]["options"]): string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${typeof value === "object" ? value.join(" ") : String(value)}`],
  );
}

function split({ validation, validatedWith }: RunRecord["data"]): string {
  if (validation === 0) return "none held back";
  if (validatedWith === "held back") return `${formatCount(validation)} more held back for validation`;
  return `${formatSamples(validation, validatedWith)} to validate with`;
}

/** The training in curves: a small chart for each term of the loss, because each has a scale of its own. */
import type { EpochFigures } from "../runs/history-csv.ts";
import { isSolved, type TrainingPhase } from "../runs/run-record.ts";
import { renderHistoryTable, type RepeatableRun } from "./details.ts";
import { html, type Html } from "./html.ts";
import { drawTerm } from "./loss-chart.ts";
import { lossTerms, type LossTerm } from "./loss-terms.ts";
import { formatFigure } from "../text/number-format.ts";

/** Nothing before the first epoch has ended, nor of what is solved at once. */
export async function renderTraining(
  { model, result }: Pick<RepeatableRun, "model" | "result">,
  history: readonly EpochFigures[],
): Promise<Html | undefined> {
  if (history.length === 0 || isSolved(result)) return undefined;
  const { loss } = model.options;
  const charts = await Promise.all(
    lossTerms(history, typeof loss === "string" ? loss : undefined).map(
      async (term) =>
        html`<figure>
          <figcaption>
            <strong>${term.name}</strong>
            ${term.meaning === undefined ? undefined : html`<small>${term.meaning}</small>`}
            ${renderLast("training", term.training)} ${renderLast("validation", term.validation)}
          </figcaption>
          ${await drawTerm(term, result.phases)}
        </figure>`,
    ),
  );
  return html`<section>
    <h2>Training</h2>
    ${describePhases(result.phases ?? [])}
    <div class="charts">${charts}</div>
    ${renderHistoryTable(history)}
  </section>`;
}

/** `In 2 phases: layer 1 (epochs 1 to 10), fine-tuning (epochs 11 to 30).`, where there are several. */
function describePhases(phases: readonly TrainingPhase[]): Html | undefined {
  if (phases.length < 2) return undefined;
  let before = 0;
  const names = phases.map(({ name, epochs }) => {
    const first = before + 1;
    before += epochs;
    return epochs === 1 ? `${name} (epoch ${first})` : `${name} (epochs ${first} to ${before})`;
  });
  return html`<p>In ${phases.length} phases: ${names.join(", ")}.</p>`;
}

function renderLast(name: "training" | "validation", values: LossTerm["training"]): Html | undefined {
  const last = values?.findLast(Number.isFinite);
  return last === undefined ? undefined : html`<span class="legend ${name}">${name} ${formatFigure(last)}</span>`;
}

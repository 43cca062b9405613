/** The training in curves: a small chart for each term of the loss, because each has a scale of its own. */
import type { EpochFigures } from "../runs/history-csv.ts";
import type { RunRecord } from "../runs/run-record.ts";
import { renderHistoryTable } from "./details.ts";
import { html, type Html } from "./html.ts";
import { drawTerm } from "./loss-chart.ts";
import { lossTerms, type LossTerm } from "./loss-terms.ts";
import { formatFigure } from "./number-format.ts";

/** Nothing before the first epoch has ended. */
export async function renderTraining(
  { training, result }: Pick<RunRecord, "training" | "result">,
  history: readonly EpochFigures[],
): Promise<Html | undefined> {
  if (history.length === 0) return undefined;
  const charts = await Promise.all(
    lossTerms(history, training.loss).map(
      async (term) =>
        html`<figure>
          <figcaption>
            <strong>${term.name}</strong> ${renderLast("training", term.training)}
            ${renderLast("validation", term.validation)}
          </figcaption>
          ${await drawTerm(term, result.phases)}
        </figure>`,
    ),
  );
  return html`<section>
    <h2>Training</h2>
    <div class="charts">${charts}</div>
    ${renderHistoryTable(history)}
  </section>`;
}

function renderLast(name: "training" | "validation", values: LossTerm["training"]): Html | undefined {
  const last = values?.findLast(Number.isFinite);
  return last === undefined ? undefined : html`<span class="legend ${name}">${name} ${formatFigure(last)}</span>`;
}

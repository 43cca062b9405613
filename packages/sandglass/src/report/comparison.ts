/** The autoencoder beside PCA with a code of the same size: the yardstick that needs no training. */
import type { PcaCaveat, PcaFigures } from "../runs/run-record.ts";
import { html, type Html } from "./html.ts";
import { formatAlike, formatCount } from "../text/number-format.ts";

/** PCA's mean squared error and the model's, of the same samples, none of which either was fitted to where there are such. */
export interface Comparison extends PcaFigures {
  readonly modelMse: number;
}

/** Errors that differ by less than this share are called equal. */
const EQUAL = 0.01;

/** Says in a sentence who wins, and draws both errors. */
export function renderComparison(comparison: Comparison): Html {
  const { mse: pcaMse, modelMse } = comparison;
  const [model = "", pca = ""] = formatAlike([modelMse, pcaMse]);
  const most = Math.max(pcaMse, modelMse) || 1;
  const bar = (name: string, mse: number, figure: string, kind: string): Html =>
    html`<tr>
      <th scope="row"><span>${name}</span></th>
      <td class="bar"><i class="${kind}" style="left: 0; width: ${((100 * mse) / most).toFixed(2)}%"></i></td>
      <td class="value">${figure}</td>
    </tr>`;
  return html`<section class="comparison">
    <h2>Compared with PCA</h2>
    <p>${compare(comparison)}</p>
    <div class="card">
      <table class="bars">
        <caption>
          Mean squared error: shorter is better
        </caption>
        ${bar("this model", modelMse, model, "model")} ${bar("PCA", pcaMse, pca, "pca")}
      </table>
    </div>
  </section>`;
}

/** What is said where the model does not win, and need not. */
const CAVEATS: Readonly<Record<PcaCaveat, (numbers: string) => Html>> = {
  "whole numbers": (numbers) =>
    html`<strong>The error alone does not say who wins</strong>: the model’s code is ${numbers} that are whole, of a few
      bits each, and PCA’s as many of 32 bits. Compare what the codes take, too.`,
  "large code": (numbers) =>
    html`<strong>This comparison says little</strong>: with ${numbers} for each sample next to nothing has to be left
      out, which no method does better than PCA. Judge the model by what its code shows, or compare with a code that is
      a fraction of the sample.`,
};

function compare({ codeSize, mse: pcaMse, modelMse, caveat }: Comparison): Html {
  const numbers = codeSize === 1 ? "one number" : `${formatCount(codeSize)} numbers`;
  const larger = Math.max(pcaMse, modelMse);
  const difference = larger === 0 ? 0 : Math.abs(pcaMse - modelMse) / larger;
  const percent = difference < 0.1 ? (100 * difference).toFixed(1) : (100 * difference).toFixed(0);
  const share = `${percent}\u00a0%`;
  if (caveat !== undefined && (difference < EQUAL || pcaMse < modelMse)) return CAVEATS[caveat](numbers);
  if (difference < EQUAL) {
    return html`<strong>The model and PCA are equally good</strong>: with ${numbers} for each sample their errors differ
      by less than 1 %. What the model adds is not in its reconstructions.`;
  }
  if (modelMse < pcaMse) {
    return html`<strong>The model beats PCA</strong>: with ${numbers} for each sample, the same as PCA, its error is
      ${share} smaller.`;
  }
  return html`<strong>PCA wins</strong>: with ${numbers} for each sample, the same as the model, its error is ${share}
    smaller, and it needs no training. Train longer, or take a larger model; if PCA still wins, use PCA.`;
}

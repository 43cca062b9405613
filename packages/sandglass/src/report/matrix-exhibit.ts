/** A confusion matrix: a row for each class that samples have, a column for each that they were taken for. */
import type { MatrixExhibit } from "@sandglass/core";
import { formatCount } from "../text/number-format.ts";
import { html, type Html } from "./html.ts";
import { requireOneEach } from "./samples.ts";

/**
 * The deeper a square's color, the larger its share of the row; right answers, on the diagonal, have another color than mistakes. Where
 * the page is narrow the squares scroll, and the names of the classes stay.
 *
 * @throws RangeError when there is not one name for each row.
 */
export function drawMatrix({ names, counts }: MatrixExhibit): Html {
  requireOneEach("names", names.length, "classes", counts.length);
  return html`<div class="scroll">
    <table class="confusion">
      <thead>
        <tr>
          <td></td>
          <th scope="colgroup" colspan="${names.length}">taken for</th>
        </tr>
        <tr>
          <td></td>
          ${names.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${counts.map((row, label) => {
          const total = row.reduce((sum, count) => sum + count, 0);
          return html`<tr>
            <th scope="row">${names[label]}</th>
            ${row.map((count, taken) => {
              const share = total === 0 ? 0 : count / total;
              const kind = taken === label ? "right" : count > 0 ? "wrong" : "none";
              return html`<td class="${kind}" style="--share: ${share.toFixed(3)}" title="${describe(share)}">
                ${formatCount(count)}
              </td>`;
            })}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

function describe(share: number): string {
  return `${(100 * share).toFixed(1)} % of the row`;
}

import { html, type Html } from "./html.ts";
import { formatBriefly } from "../text/number-format.ts";

/** Says which values are black and white, where a range is given. */
export function renderRange(
  range: readonly [black: number, white: number] | undefined,
  name?: string,
): Html | undefined {
  if (range === undefined) return undefined;
  const [black, white] = range;
  const prefix = name === undefined ? "" : `${name}: `;
  return html`<p class="range">
    ${prefix}<span>${formatBriefly(black)}</span> <i aria-label="from black to white"></i>
    <span>${formatBriefly(white)}</span>
  </p>`;
}

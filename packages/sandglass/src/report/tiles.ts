import { html, type Html } from "./html.ts";

/** A number that everyone should see. */
export interface Tile {
  readonly title: string;
  readonly value: string;
  /** What it means. */
  readonly detail?: string | undefined;
}

/** Numbers as cards beside each other. */
export function renderTiles(tiles: readonly Tile[]): Html {
  return html`<dl class="figures">
    ${tiles.map(
      ({ value, title, detail }) =>
        html`<div class="figure">
          <dt>${title}</dt>
          <dd>${value}</dd>
          ${detail === undefined ? undefined : html`<dd class="detail">${detail}</dd>`}
        </div>`,
    )}
  </dl>`;
}

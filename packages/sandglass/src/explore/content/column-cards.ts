/** Columns of a table as cards: what each is, how its values are distributed, and what is odd about it. */
import { html, type Html } from "../../report/index.ts";
import { drawHistogram, type HistogramPicture } from "./histogram-picture.ts";

/** The most frequent of a few values. */
export interface CategoryPicture {
  readonly kind: "categories";
  readonly bars: readonly { readonly name: string; readonly share: number; readonly text: string }[];
  /** What the others are: `12 others, 3.4 %`. */
  readonly others?: string | undefined;
}

export type ColumnPicture = HistogramPicture | CategoryPicture;

export interface ColumnCard {
  readonly name: string;
  /** What it is to a training: `number`, `category`, `left out: identifier`. */
  readonly role: string;
  /** Whether a training leaves it out. */
  readonly isLeftOut: boolean;
  /** Why, as a sentence. */
  readonly note?: string | undefined;
  /** What is odd, in a word or two each. */
  readonly marks: readonly string[];
  readonly picture?: ColumnPicture | undefined;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

export interface ColumnCards {
  readonly kind: "columns";
  readonly cards: readonly ColumnCard[];
}

/** Longer values take the room of two. */
const LONG_VALUE = 10;

/** As many beside each other as there is room for. */
export function drawColumnCards({ cards }: ColumnCards): Html {
  return html`<div class="column-cards">${cards.map(drawCard)}</div>`;
}

function drawCard({ name, role, isLeftOut, note, marks, picture, facts }: ColumnCard): Html {
  return html`<article class="card ${isLeftOut ? "left-out" : ""}">
    <header>
      <strong>${name}</strong>
      <span>${role}</span>
    </header>
    ${picture === undefined ? undefined : drawPicture(picture)}
    <dl>
      ${facts.map(
        ([title, value]) =>
          html`<div class="${value.length > LONG_VALUE ? "wide" : ""}">
            <dt>${title}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${
      marks.length === 0
        ? undefined
        : html`<ul class="marks">
            ${marks.map((mark) => html`<li>${mark}</li>`)}
          </ul>`
    }
    ${note === undefined ? undefined : html`<p>${note}</p>`}
  </article>`;
}

function drawPicture(picture: ColumnPicture): Html {
  return picture.kind === "histogram" ? drawHistogram(picture) : drawCategories(picture);
}

function drawCategories({ bars, others }: CategoryPicture): Html {
  const most = bars.reduce((largest, { share }) => Math.max(largest, share), 0) || 1;
  return html`<ol class="categories">
    ${bars.map(
      ({ name, share, text }) =>
        html`<li>
          <i style="width: ${((100 * share) / most).toFixed(1)}%"></i><span title="${name}">${name}</span
          ><small>${text}</small>
        </li>`,
    )}
    ${others === undefined ? undefined : html`<li class="others">${others}</li>`}
  </ol>`;
}

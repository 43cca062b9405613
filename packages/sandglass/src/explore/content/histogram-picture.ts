/** How many values lie where, as a small picture. */
import { html, type Html } from "../../report/index.ts";

export interface HistogramPicture {
  readonly kind: "histogram";
  /** Values in each of equal steps. */
  readonly counts: readonly number[];
  /** What is written below its left and its right end. */
  readonly from: string;
  readonly to: string;
  /** Values further out on either side, which have a column of their own there. */
  readonly below: number;
  readonly above: number;
}

const WIDTH = 240;
const HEIGHT = 56;
/** Between the steps and the columns of what lies further out. */
const GAP = 5;
const GAP_OF_STEPS = 1;
/** What is there at all is seen. */
const LEAST_HEIGHT = 1.5;

/** To the pointer, each step tells its number of values. */
export function drawHistogram({ counts, from, to, below, above }: HistogramPicture): Html {
  const most = Math.max(below, above, ...counts);
  const outside = (below > 0 ? 1 : 0) + (above > 0 ? 1 : 0);
  const step = (WIDTH - outside * GAP) / Math.max(1, counts.length + outside);
  const height = (count: number): number =>
    count === 0 || most === 0 ? 0 : Math.max(LEAST_HEIGHT, (count / most) * HEIGHT);
  const column = (left: number, count: number): string => {
    const width = Math.max(0.5, step - GAP_OF_STEPS);
    return count === 0 ? "" : `M${round(left)},${HEIGHT}v${-round(height(count))}h${round(width)}V${HEIGHT}z`;
  };
  const start = below > 0 ? step + GAP : 0;
  const inside = counts.map((count, index) => column(start + index * step, count)).join("");
  const far = column(0, below) + column(WIDTH - step, above);
  return html`<figure class="histogram">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${`histogram from ${from} to ${to}`}">
      <path class="inside" d="${inside}" />
      ${outside === 0 ? undefined : html`<path class="far" d="${far}" />`}
      <line x1="0" x2="${WIDTH}" y1="${HEIGHT}" y2="${HEIGHT}" />
    </svg>
    <figcaption><span>${from}</span><span>${to}</span></figcaption>
  </figure>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

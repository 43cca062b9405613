/** How columns go together: a square for each two of them, by the strength and the sign of their correlation. */
import { html, type Html } from "../../report/index.ts";

export interface HeatMap {
  readonly kind: "heat";
  readonly names: readonly string[];
  /** From −1 to 1, one row a name; NaN where there is nothing to be said. */
  readonly values: readonly (readonly number[])[];
}

/** Up to so many columns have their figures in the squares. */
const MOST_FIGURES = 14;
/** The sides of squares, with figures and without. */
const [LARGE, SMALL] = [44, 18];
/** The room of a letter of a name, and the most of a name that is shown. */
const [LETTER, MOST_LETTERS] = [6.6, 24];
/** Squares of one strength are one path, which keeps the page small. */
const STRENGTHS = 20;
/** From this strength on figures are white on the color. */
const STRONG = 0.65;

/** Names are above their columns and beside their rows. */
export function drawHeatMap({ names, values }: HeatMap): Html {
  const hasFigures = names.length <= MOST_FIGURES;
  const side = hasFigures ? LARGE : SMALL;
  const short = names.map(shortened);
  const room = 10 + LETTER * Math.max(0, ...short.map(({ length }) => length));
  const size = side * names.length;
  const cells = values.flatMap((row, y) => row.map((value, x) => ({ x, y, value })));
  // Slanted names reach out beyond the last column.
  const width = room + size + (hasFigures ? 0.72 * room : 0);
  const top = hasFigures ? 0.72 * room + 6 : room;
  const height = top + size;
  return html`<div class="card heat">
    <div class="scroll">
      <svg
        viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}"
        width="${Math.ceil(width)}"
        height="${Math.ceil(height)}"
        role="img"
        aria-label="${`correlations of ${names.length} columns`}"
      >
        ${drawSquares(cells, { side, room, top })} ${hasFigures ? drawFigures(cells, { side, room, top }) : undefined}
        ${short.map(
          (name, index) =>
            html`<text class="beside" x="${room - 6}" y="${round(top + (index + 0.5) * side)}">
                ${titled(name, names[index])}</text
              ><text
                transform="translate(${round(room + (index + 0.5) * side)},${round(top - 6)}) rotate(${hasFigures ? -45 : -90})"
              >
                ${titled(name, names[index])}
              </text>`,
        )}
      </svg>
    </div>
    <p class="scale"><span>−1</span><i></i><span>1</span></p>
  </div>`;
}

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

interface Layout {
  readonly side: number;
  /** Left of the squares, and above them. */
  readonly room: number;
  readonly top: number;
}

function drawSquares(cells: readonly Cell[], { side, room, top }: Layout): Html[] {
  const strengths = Map.groupBy(
    cells.filter(({ value }) => Number.isFinite(value)),
    ({ value }) => Math.round(value * STRENGTHS),
  );
  return [...strengths].map(([strength, members]) => {
    const inner = side - 1;
    const path = members.map(({ x, y }) => `M${room + x * side},${round(top + y * side)}h${inner}v${inner}h-${inner}z`);
    return html`<path
      class="${strength < 0 ? "negative" : "positive"}"
      fill-opacity="${Math.abs(strength) / STRENGTHS}"
      d="${path.join("")}"
    />`;
  });
}

function drawFigures(cells: readonly Cell[], { side, room, top }: Layout): Html[] {
  return cells
    .filter(({ x, y, value }) => x !== y && Number.isFinite(value))
    .map(
      ({ x, y, value }) =>
        html`<text
          class="figure-in ${Math.abs(value) >= STRONG ? "strong" : ""}"
          x="${room + (x + 0.5) * side}"
          y="${round(top + (y + 0.5) * side)}"
        >
          ${figure(value)}
        </text>`,
    );
}

/** `0.25`, `−0.50`; 0 has no sign. */
function figure(value: number): string {
  return (Math.round(value * 100) / 100 + 0).toFixed(2).replace("-", "−");
}

function titled(short: string, name: string | undefined): Html | string {
  return short === name ? short : html`<title>${name}</title>${short}`;
}

function shortened(name: string): string {
  return name.length <= MOST_LETTERS ? name : `${name.slice(0, MOST_LETTERS - 1)}…`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

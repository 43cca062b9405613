/** Samples that are no images as small charts: a bar for each value, side by side with that of the other samples. */
import { html, type Html } from "./html.ts";
import { formatFigure } from "../text/number-format.ts";

export interface Series {
  readonly name: string;
  readonly values: Float32Array;
}

/** The smallest and the largest value that charts show. */
export type ValueRange = readonly [least: number, most: number];

const WIDTH = 240;
const HEIGHT = 90;
/** More bars than that are drawn as lines. */
const MOST_BARS = 120;
/** More values than that have no numbers below them. */
const MOST_NUMBERS = 16;
const NUMBERS_HEIGHT = 14;

/** The range that includes 0 and all finite values. */
export function valueRange(series: readonly Float32Array[]): ValueRange {
  let [least, most] = [0, 0];
  for (const values of series) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  return [least, most];
}

/** Where values go in a chart. */
interface Layout {
  /** Of all that belongs to one value. */
  readonly slot: number;
  /** Of the chart without the numbers below. */
  readonly height: number;
  y(value: number): number;
}

/** Draws the series to one scale. Values are numbered from 0 and tell their figures to the pointer, unless they are too many. */
export function drawProfile(series: readonly Series[], [least, most]: ValueRange): Html {
  const count = series[0]?.values.length ?? 0;
  const numbered = count <= MOST_NUMBERS;
  const height = HEIGHT - (numbered ? NUMBERS_HEIGHT : 0);
  const layout: Layout = {
    slot: WIDTH / Math.max(1, count),
    height,
    y: (value) => round(most === least ? height : ((most - value) / (most - least)) * height),
  };
  const zero = layout.y(0);
  const isMany = count * series.length > MOST_BARS;
  return html`<svg
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    role="img"
    aria-label="${series.map(({ name }) => name).join(", ")}"
  >
    ${series.map((one, index) => (isMany ? drawLine(one, index, series.length, layout) : drawBars(one, index, series.length, layout)))}
    <line class="zero" x1="0" x2="${WIDTH}" y1="${zero}" y2="${zero}" />
    ${numbered ? renderNumbers(count, layout) : undefined} ${isMany ? undefined : renderTitles(series, count, layout)}
  </svg>`;
}

/** The first of several series is the original; a single one is what a model makes, and has that color. */
function colorOf(index: number, of: number): number {
  return of === 1 ? 1 : index;
}

function drawBars({ values }: Series, index: number, of: number, { slot, y }: Layout): Html {
  const margin = Math.min(2, slot * 0.15);
  const width = (slot - 2 * margin) / of;
  const path = [...values].map((value, place) => {
    const left = round(place * slot + margin + index * width);
    return Number.isFinite(value) ? `M${left},${y(0)}V${y(value)}h${round(width)}V${y(0)}z` : "";
  });
  return html`<path class="series-${colorOf(index, of)} bar" d="${path.join("")}" />`;
}

function drawLine({ values }: Series, index: number, of: number, { slot, y }: Layout): Html {
  const points = [...values].map(
    (value, place) => `${round((place + 0.5) * slot)},${y(Number.isFinite(value) ? value : 0)}`,
  );
  return html`<polyline class="series-${colorOf(index, of)} line" points="${points.join(" ")}" />`;
}

function renderNumbers(count: number, { slot }: Layout): Html[] {
  return Array.from(
    { length: count },
    (_, place) => html`<text x="${round((place + 0.5) * slot)}" y="${HEIGHT - 2}">${place}</text>`,
  );
}

function renderTitles(series: readonly Series[], count: number, { slot, height }: Layout): Html[] {
  return Array.from({ length: count }, (_, place) => {
    const figures = series.map(({ name, values }) => `${name}: ${formatFigure(values[place] ?? NaN)}`);
    return html`<rect class="touch" x="${round(place * slot)}" width="${round(slot)}" height="${height}">
      <title>${[`value ${place}`, ...figures].join("\n")}</title>
    </rect>`;
  });
}

/** Which color is which series, and the scale. */
export function renderSeriesNames(names: readonly string[], range: ValueRange): Html {
  return html`<p class="series-names">
    ${names.map((name, index) => html`<span class="key series-${index}">${name}</span>`)} ${scaleText(range)}
  </p>`;
}

export function renderRangeOfValues(range: ValueRange): Html {
  return html`<p class="series-names">${scaleText(range)}</p>`;
}

function scaleText([least, most]: ValueRange): string {
  return `All charts have the same scale, from ${formatFigure(least)} to ${formatFigure(most)}.`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

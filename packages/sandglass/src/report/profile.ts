/** Samples that are no images as small charts: a bar for each value, side by side with that of the other samples. */
import { html, type Html } from "./html.ts";
import { formatFigure } from "./number-format.ts";

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

/** Draws the series to one scale. Values are numbered from 0 and tell their figures to the pointer. */
export function drawProfile(series: readonly Series[], range: ValueRange): Html {
  const count = series[0]?.values.length ?? 0;
  const [least, most] = range;
  const numbered = count <= MOST_NUMBERS;
  const height = HEIGHT - (numbered ? NUMBERS_HEIGHT : 0);
  const y = (value: number): number => round(most === least ? height : ((most - value) / (most - least)) * height);
  const slot = WIDTH / Math.max(1, count);
  const drawing =
    count * series.length > MOST_BARS
      ? series.map(({ values }, index) => drawLine(values, slot, y, index))
      : series.map(({ values }, index) => drawBars(values, slot, y, index, series.length));
  const numbers = numbered
    ? Array.from(
        { length: count },
        (_, index) => html`<text x="${round((index + 0.5) * slot)}" y="${HEIGHT - 2}">${index}</text>`,
      )
    : [];
  const titles =
    count * series.length > MOST_BARS
      ? []
      : Array.from({ length: count }, (_, index) => renderTitle(series, index, slot, height));
  return html`<svg
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    role="img"
    aria-label="${series.map(({ name }) => name).join(", ")}"
  >
    ${drawing}
    <line class="zero" x1="0" x2="${WIDTH}" y1="${y(0)}" y2="${y(0)}" />
    ${numbers}${titles}
  </svg>`;
}

function drawBars(values: Float32Array, slot: number, y: (value: number) => number, index: number, of: number): Html {
  const margin = Math.min(2, slot * 0.15);
  const width = (slot - 2 * margin) / of;
  const path = [...values].map((value, place) => {
    const left = round(place * slot + margin + index * width);
    return Number.isFinite(value) ? `M${left},${y(0)}V${y(value)}h${round(width)}V${y(0)}z` : "";
  });
  return html`<path class="series-${index} bar" d="${path.join("")}" />`;
}

function drawLine(values: Float32Array, slot: number, y: (value: number) => number, index: number): Html {
  const points = [...values].map(
    (value, place) => `${round((place + 0.5) * slot)},${y(Number.isFinite(value) ? value : 0)}`,
  );
  return html`<polyline class="series-${index} line" points="${points.join(" ")}" />`;
}

function renderTitle(series: readonly Series[], index: number, slot: number, height: number): Html {
  const figures = series.map(({ name, values }) => `${name}: ${formatFigure(values[index] ?? NaN)}`);
  return html`<rect class="touch" x="${round(index * slot)}" width="${round(slot)}" height="${height}">
    <title>${[`value ${index}`, ...figures].join("\n")}</title>
  </rect>`;
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

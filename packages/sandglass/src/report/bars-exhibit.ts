/** A value for each of several things: lines of text with bars for a few, a column chart for many. */
import type { BarsExhibit } from "@sandglass/core";
import { breakableName } from "./breakable-name.ts";
import { Html, html } from "./html.ts";
import { formatAlike } from "../text/number-format.ts";
import { requireOneEach } from "./samples.ts";
import { coordinate, FRAME, openDrawing, overlay, type Scales } from "./svg-document.ts";
import { tickFormat } from "./tick-format.ts";

/** More than that make a column chart. */
const MOST_LINES = 24;
const WIDTH = 720;
const HEIGHT = 240;

/**
 * @throws RangeError when there is not one name for each value.
 */
export async function drawBars(exhibit: BarsExhibit): Promise<Html> {
  const { values, names } = exhibit;
  if (names !== undefined) requireOneEach("names", names.length, "bars", values.length);
  return values.length <= MOST_LINES ? drawLines(exhibit) : drawColumns(exhibit);
}

function drawLines({ values, names, axis, bars }: BarsExhibit): Html {
  const finite = values.filter(Number.isFinite);
  const least = Math.min(0, ...finite);
  const width = Math.max(0, ...finite) - least || 1;
  const figures = formatAlike(values);
  const share = (value: number): string => `${((100 * value) / width).toFixed(2)}%`;
  return html`<table class="bars">
    <caption>
      ${bars === undefined ? axis : `${axis}, by ${bars}`}
    </caption>
    ${values.map((value, index) => {
      const from = share(Math.min(0, value) - least);
      const bar = html`<i style="left: ${from}; width: ${share(Math.abs(value))}"></i>`;
      return html`<tr>
        <th scope="row"><span>${breakableName(names?.[index] ?? String(index))}</span></th>
        <td class="bar">${Number.isFinite(value) ? bar : undefined}</td>
        <td class="value">${figures[index]}</td>
      </tr>`;
    })}
  </table>`;
}

async function drawColumns({ values, names, axis, bars }: BarsExhibit): Promise<Html> {
  const { Plot, document } = await openDrawing();
  const finite = values.filter(Number.isFinite);
  const [least, most] = [finite.reduce((a, b) => Math.min(a, b), 0), finite.reduce((a, b) => Math.max(a, b), 0)];
  const format = tickFormat(least, most);
  const svg = Plot.plot({
    document,
    ...FRAME,
    width: WIDTH,
    height: HEIGHT,
    marginLeft: 52,
    marginBottom: 42,
    className: "columns",
    x: {
      type: "linear",
      domain: [-0.5, values.length - 0.5],
      ticks: 12,
      tickFormat: tickName(names),
      label: bars ?? null,
      labelOffset: 38,
    },
    y: {
      type: "linear",
      domain: least === most ? [0, 1] : [least, most],
      label: axis,
      nice: true,
      grid: true,
      ticks: 5,
      ...(format && { tickFormat: format }),
    },
    marks: [
      overlay(({ x, y }) => ({
        element: "path",
        attributes: { fill: "var(--accent)", d: values.map((value, index) => column(index, value, x, y)).join("") },
      })),
      Plot.ruleY([0]),
    ],
  });
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${axis} of ${values.length}`);
  return html`<div class="scroll">${new Html(svg.outerHTML)}</div>`;
}

/** The outline of one column. */
function column(index: number, value: number, x: Scales["x"], y: Scales["y"]): string {
  if (!Number.isFinite(value)) return "";
  const [left, right, base] = [x(index - 0.4), x(index + 0.4), y(0)].map(coordinate);
  return `M${left},${base}V${coordinate(y(value))}H${right}V${base}z`;
}

/** Ticks lie at whole numbers only. */
function tickName(names: readonly string[] | undefined): (place: number) => string {
  return (place) => (Number.isInteger(place) ? (names?.[place] ?? String(place)) : "");
}

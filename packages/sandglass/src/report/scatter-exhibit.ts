/** Points in the plane, colored by their class. */
import type { ScaleOptions } from "@observablehq/plot";
import { counted, type ScatterExhibit } from "@sandglass/core";
import { classMark, type ClassMark } from "./class-mark.ts";
import { placeClassNames, type Point } from "./class-names.ts";
import { Html, html } from "./html.ts";
import { formatCount } from "../text/number-format.ts";
import { requireOneEach } from "./samples.ts";
import { coordinate, FRAME, openDrawing, overlay, type Scales, type SvgPiece } from "./svg-document.ts";
import { tickFormat } from "./tick-format.ts";

const WIDTH = 440;
const HEIGHT = 400;
const TICKS = 6;
/** Points are drawn in so many rounds of all classes, so that no class lies on top of the others. */
const ROUNDS = 8;

interface PointClass {
  readonly name: string | undefined;
  readonly mark: ClassMark;
  readonly points: readonly Point[];
}

/**
 * A path for each class in each round takes about 12 bytes a point, a tenth of an element for each.
 *
 * @throws RangeError when there is not one label for each point.
 */
export async function drawScatter(exhibit: ScatterExhibit): Promise<Html> {
  const { Plot, document } = await openDrawing();
  const classes = classesOf(exhibit);
  const every = classes.flatMap(({ points }) => points);
  const size = every.length > 2000 ? 2.3 : every.length > 400 ? 3 : 4.4;
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
  const svg = Plot.plot({
    document,
    ...FRAME,
    width: WIDTH,
    height: HEIGHT,
    className: "scatter",
    x: { ...axis(every, 0), label: exhibit.axes[0], labelAnchor: "right" },
    y: { ...axis(every, 1), label: exhibit.axes[1] },
    marks: [
      Plot.gridX({ ticks: TICKS }),
      Plot.gridY({ ticks: TICKS }),
      ...rounds.flatMap((round) => classes.map((one) => overlay((scales) => drawRound(one, round, size, scales)))),
      placeClassNames(classes),
    ],
  });
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${counted(every.length, "point")} over ${exhibit.axes.join(" and ")}`);
  return html`<div class="map">${new Html(svg.outerHTML)} ${renderLegend(classes)}</div>`;
}

function drawRound({ mark, points }: PointClass, round: number, size: number, { x, y }: Scales): SvgPiece {
  const members = points.filter((_, index) => index % ROUNDS === round);
  const path = members.map((point) => mark.at(coordinate(x(point[0])), coordinate(y(point[1])), size)).join("");
  return { element: "path", attributes: { ...mark.attributes(size), d: path } };
}

function classesOf({ points, labels, classNames }: ScatterExhibit): PointClass[] {
  const all = Array.from({ length: Math.floor(points.length / 2) }, (_, index): Point => {
    return [points[2 * index] ?? NaN, points[2 * index + 1] ?? NaN];
  });
  if (labels === undefined) return [{ name: undefined, mark: classMark(0), points: all.filter(isFinitePoint) }];
  requireOneEach("labels", labels.length, "points", all.length);
  const members = new Map<number, Point[]>();
  for (const [index, point] of all.entries()) {
    const label = labels[index] ?? 0;
    if (!members.has(label)) members.set(label, []);
    if (isFinitePoint(point)) members.get(label)?.push(point);
  }
  return [...members]
    .toSorted(([a], [b]) => a - b)
    .map(([label, points]) => ({ name: classNames?.[label] ?? `class ${label}`, mark: classMark(label), points }));
}

function isFinitePoint([x, y]: Point): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

function axis(points: readonly Point[], place: 0 | 1): ScaleOptions {
  const domain = extent(points, place);
  const format = tickFormat(...domain);
  return { type: "linear", domain, ticks: TICKS, nice: true, ...(format && { tickFormat: format }) };
}

function extent(points: readonly Point[], axis: 0 | 1): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const point of points) {
    least = Math.min(least, point[axis]);
    most = Math.max(most, point[axis]);
  }
  if (least > most) return [0, 1];
  return least === most ? [least - 1, most + 1] : [least, most];
}

function renderLegend(classes: readonly PointClass[]): Html | undefined {
  const items = classes.flatMap(({ name, mark, points }) => (name === undefined ? [] : [{ name, mark, points }]));
  if (items.length === 0) return undefined;
  return html`<ul class="classes">
    ${items.map(
      ({ name, mark, points }) =>
        html`<li>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${renderMark(mark)}</svg>${name}
          <small>${formatCount(points.length)}</small>
        </li>`,
    )}
  </ul>`;
}

function renderMark(mark: ClassMark): Html {
  const attributes = Object.entries(mark.attributes(8)).map(([name, value]) => html` ${new Html(name)}="${value}"`);
  return html`<path d="${mark.at(8, 8, 8)}" ${attributes} />`;
}

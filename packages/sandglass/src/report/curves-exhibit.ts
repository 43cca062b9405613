/** Curves of shares against shares: ROC, precision and recall, calibration. */
import type { CurvesExhibit } from "@sandglass/core";
import { CLASS_COLORS } from "./class-mark.ts";
import { Html, html } from "./html.ts";
import { FRAME, openDrawing } from "./svg-document.ts";

const WIDTH = 420;
const HEIGHT = 360;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
/** More points than that cannot be seen apart. */
const MOST_POINTS = 400;

/** Of so few, each is drawn as a dot: a line through one point alone cannot be seen. */
const FEW_POINTS = 12;

interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** Names are in a legend, because such curves end at the same point. */
export async function drawCurves({ curves, axes, reference, marks = [] }: CurvesExhibit): Promise<Html> {
  const { Plot, document } = await openDrawing();
  const colors = curves.map((_, index) => `var(--class-${index % CLASS_COLORS})`);
  const svg = Plot.plot({
    document,
    ...FRAME,
    width: WIDTH,
    height: HEIGHT,
    className: "shares",
    x: { domain: [0, 1], ticks: TICKS, label: axes[0], labelAnchor: "right", grid: true },
    y: { domain: [0, 1], ticks: TICKS, label: axes[1], grid: true },
    marks: [
      ...(reference === undefined
        ? []
        : [
            Plot.lineY(pointsOf(reference.points), {
              x: "x",
              y: "y",
              stroke: "var(--muted)",
              strokeDasharray: "4 4",
              strokeWidth: 1.5,
            }),
          ]),
      ...curves.map(({ points }, index) =>
        Plot.lineY(pointsOf(points), { x: "x", y: "y", stroke: colors[index] ?? "var(--ink)", strokeWidth: 2 }),
      ),
      ...curves.flatMap(({ points }, index) =>
        points.length <= 2 * FEW_POINTS
          ? [Plot.dot(pointsOf(points), { x: "x", y: "y", r: 3.5, fill: colors[index] ?? "var(--ink)" })]
          : [],
      ),
      Plot.dot(marks, { x: "x", y: "y", r: 5, fill: "var(--ink)", title: "name" }),
    ],
  });
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${axes[1]} over ${axes[0]}: ${curves.map(({ name }) => name).join(", ")}`);
  return html`<div class="map">
    ${new Html(svg.outerHTML)}
    <ul class="classes">
      ${curves.map(({ name }, index) => html`<li>${sign(`M1,8H15`, colors[index] ?? "var(--ink)")}${name}</li>`)}
      ${marks.map(({ name }) => html`<li>${sign("M8,8h0", "var(--ink)", 10)}${name}</li>`)}
      ${reference === undefined ? undefined : html`<li>${sign("M1,8h4m5,0h5", "var(--muted)")}${reference.name}</li>`}
    </ul>
  </div>`;
}

function sign(path: string, color: string, width = 3): Html {
  return html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path d="${path}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" />
  </svg>`;
}

/** Finite points, thinned where there are many; the first and the last always stay. */
function pointsOf(numbers: ArrayLike<number>): CurvePoint[] {
  const all = Array.from({ length: Math.floor(numbers.length / 2) }, (_, index) => ({
    x: numbers[2 * index] ?? NaN,
    y: numbers[2 * index + 1] ?? NaN,
  })).filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const step = Math.ceil(all.length / MOST_POINTS);
  return all.filter((_, index) => index % step === 0 || index === all.length - 1);
}

/** The course of a training as curves. Observable Plot draws SVG into a document of linkedom's. */
import type { EpochFigures } from "../runs/history-csv.ts";
import { Html } from "./html.ts";
import { formatFigure } from "./number-format.ts";

/** Curves of one figure: of the training and, if it was measured, of the validation. */
export interface Curves {
  /** As in the history: `loss`. */
  readonly figure: string;
  readonly epochs: readonly EpochFigures[];
}

const WIDTH = 520;
const HEIGHT = 260;

/** Draws the curves over the epochs, counted from 1. The colors come from the page's style. */
export async function drawCurves({ figure, epochs }: Curves): Promise<Html> {
  const [Plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const series = [
    { key: figure, name: "training", color: "var(--training)" },
    { key: `val_${figure}`, name: "validation", color: "var(--validation)" },
  ].filter(({ key }) => key in (epochs[0] ?? {}));
  const marks = series.flatMap(({ key, name, color }) => {
    const points = epochs.map((figures, index) => ({ epoch: index + 1, value: figures[key] ?? NaN }));
    return [
      Plot.lineY(points, { x: "epoch", y: "value", stroke: color, strokeWidth: 2, curve: "monotone-x" }),
      Plot.dot(points, {
        x: "epoch",
        y: "value",
        fill: color,
        r: epochs.length > 40 ? 0 : 3,
        title: ({ epoch, value }: { epoch: number; value: number }) =>
          `epoch ${epoch}, ${name}: ${formatFigure(value)}`,
      }),
    ];
  });
  const svg = Plot.plot({
    document,
    width: WIDTH,
    height: HEIGHT,
    marginLeft: 48,
    marginRight: 12,
    marginBottom: 40,
    className: "curves",
    style: { background: "none", fontSize: "12px" },
    x: {
      label: "epoch",
      labelOffset: 36,
      ticks: wholeTicks(epochs.length),
      tickFormat: "d",
      domain: [1, Math.max(2, epochs.length)],
    },
    y: { label: null, grid: true, nice: true, ticks: 6 },
    marks,
  });
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${figure} by epoch`);
  return new Html(svg.outerHTML);
}

/** Epochs are whole: at most twelve ticks, at multiples of a round step. */
function wholeTicks(epochs: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((width) => epochs / width <= 12) ?? epochs;
  const multiples = Array.from({ length: Math.floor(epochs / step) }, (_, index) => (index + 1) * step);
  return step === 1 ? multiples : [1, ...multiples];
}

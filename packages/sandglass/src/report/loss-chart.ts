/** The course of one term of the loss as curves: Observable Plot draws SVG. */
import { counted } from "@sandglass/core";
import type { ScaleOptions } from "@observablehq/plot";
import type { TrainingPhase } from "../runs/run-record.ts";
import { Html } from "./html.ts";
import { nameCurves, type CurveEnd } from "./curve-names.ts";
import type { LossTerm } from "./loss-terms.ts";
import { formatFigure } from "../text/number-format.ts";
import { openDrawing } from "./svg-document.ts";
import { tickFormat } from "./tick-format.ts";

const WIDTH = 420;
const HEIGHT = 220;
const MARGINS = { marginLeft: 50, marginRight: 12, marginTop: 22, marginBottom: 38 };
/** Right of the curves, for their names. */
const NAMES_WIDTH = 70;
/** Longer courses are drawn through so many of their points. */
const MOST_POINTS = 400;
/** Fewer epochs have a dot each, which tells its figure to the pointer. */
const MOST_DOTS = 40;
/** Positive figures that fall to less than this share are drawn on a logarithmic scale. */
const LOGARITHMIC = 0.01;
/** About the width of a letter at 11 pixels. */
const LETTER = 6;

interface CurvePoint {
  readonly epoch: number;
  readonly value: number;
  /** Curves do not go on from one phase to the next. */
  readonly phase: number;
}

/** A phase from half an epoch before its first to half an epoch after its last. */
interface Span extends TrainingPhase {
  readonly from: number;
  readonly to: number;
}

/**
 * Draws a term over the epochs, counted from 1. The colors come from the page's style.
 *
 * @param phases marked as spans where there are several.
 */
export async function drawTerm(term: LossTerm, phases: readonly TrainingPhase[] = []): Promise<Html> {
  const { Plot, document } = await openDrawing();
  const epochs = Math.max(term.training?.length ?? 0, term.validation?.length ?? 0);
  const spans = phases.length > 1 ? spansOf(phases, epochs) : [];
  const curves = [
    { name: "training", color: "var(--training)", points: pointsOf(term.training, spans) },
    { name: "validation", color: "var(--validation)", points: pointsOf(term.validation, spans) },
  ].filter(({ points }) => points.length > 0);
  const named = curves.length > 1;
  const domain: [number, number] = [1, Math.max(2, epochs)];
  const right = named ? NAMES_WIDTH : MARGINS.marginRight;
  const shownFrom = ({ from }: Span): number => Math.max(domain[0], from);
  const shownTo = ({ to }: Span): number => Math.min(domain[1], to);
  const perEpoch = (WIDTH - MARGINS.marginLeft - right) / (domain[1] - domain[0]);
  const labels = phaseLabels(spans, (span) => (shownTo(span) - shownFrom(span)) * perEpoch);
  const svg = Plot.plot({
    document,
    width: WIDTH,
    height: HEIGHT,
    ...MARGINS,
    marginRight: right,
    className: "curves",
    style: { background: "none", fontSize: "12px" },
    x: { label: "epoch", labelOffset: 34, ticks: wholeTicks(epochs), tickFormat: "d", domain },
    y: scaleOf(
      curves.flatMap(({ points }) => points),
      term.isShare,
    ),
    marks: [
      Plot.rectX(spans, {
        x1: "from",
        x2: "to",
        fill: (_: Span, index: number) => (index % 2 === 1 ? "var(--phase)" : "transparent"),
        title: ({ name, epochs }: Span) => `${name}: ${counted(epochs, "epoch")}`,
        clip: true,
      }),
      Plot.ruleX(spans.slice(1), { x: "from", stroke: "var(--line)" }),
      Plot.text(spans, {
        x: (span: Span) => (shownFrom(span) + shownTo(span)) / 2,
        text: (_: Span, index: number) => labels[index],
        frameAnchor: "top",
        dy: -14,
        fontSize: 11,
        fill: "var(--muted)",
      }),
      ...curves.flatMap(({ name, color, points }) => [
        Plot.lineY(points, { x: "epoch", y: "value", z: "phase", stroke: color, strokeWidth: 2 }),
        Plot.dot(epochs > MOST_DOTS ? [] : points, {
          x: "epoch",
          y: "value",
          fill: color,
          r: 3,
          title: ({ epoch, value }: CurvePoint) => `epoch ${epoch}, ${name}: ${formatFigure(value)}`,
        }),
      ]),
      ...(named ? [nameCurves(curves.flatMap(({ name, color, points }) => ends(name, color, points)))] : []),
    ],
  });
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${term.name} by epoch`);
  return new Html(svg.outerHTML);
}

/** The finite points of a course, thinned where there are many; its last always stays. */
function pointsOf(values: readonly number[] | undefined, spans: readonly Span[]): CurvePoint[] {
  if (values === undefined) return [];
  const every = values.flatMap((value, index) => {
    const epoch = index + 1;
    const phase = spans.findIndex(({ from, to }) => epoch > from && epoch <= to);
    return Number.isFinite(value) ? [{ epoch, value, phase }] : [];
  });
  const step = Math.ceil(every.length / MOST_POINTS);
  return every.filter((_, index) => (every.length - 1 - index) % step === 0);
}

function spansOf(phases: readonly TrainingPhase[], epochs: number): Span[] {
  let before = 0;
  return phases.flatMap((phase) => {
    const [from, to] = [before, Math.min(epochs, before + phase.epochs)];
    before = to;
    return from < to ? [{ ...phase, from: from + 0.5, to: to + 0.5 }] : [];
  });
}

function ends(name: string, color: string, points: readonly CurvePoint[]): CurveEnd[] {
  const last = points.at(-1);
  return last === undefined ? [] : [{ name, color, x: last.epoch, y: last.value }];
}

/** @param isShare whether what lies between 0 and 1 has no axis beyond them. */
function scaleOf(points: readonly CurvePoint[], isShare = false): ScaleOptions {
  const values = points.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  // A constant has room above and below.
  const margin = least === most ? Math.abs(least) / 2 || 1 : 0;
  const logarithmic = least > 0 && least < LOGARITHMIC * most;
  const [bottom, top] = isShare && least >= 0 && most <= 1 ? [0, 1] : [-Infinity, Infinity];
  const format = tickFormat(least, most, logarithmic);
  return {
    type: logarithmic ? "log" : "linear",
    domain: [Math.max(bottom, least - margin), Math.min(top, most + margin)],
    ticks: logarithmic ? 4 : 5,
    label: null,
    grid: true,
    nice: true,
    ...(format && { tickFormat: format }),
  };
}

/** The names of phases or, where one has no room for its name, their numbers: the sentence above the charts has the names in order. */
function phaseLabels(spans: readonly Span[], widthOf: (span: Span) => number): string[] {
  const haveRoom = spans.every((span) => span.name.length * LETTER <= widthOf(span));
  return spans.map(({ name }, index) => (haveRoom ? name : String(index + 1)));
}

/** Epochs are whole: at most twelve ticks, at multiples of a round step. */
function wholeTicks(epochs: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((width) => epochs / width <= 10) ?? epochs;
  const multiples = Array.from({ length: Math.floor(epochs / step) }, (_, index) => (index + 1) * step);
  return step === 1 ? multiples : [1, ...multiples];
}

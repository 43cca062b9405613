/**
 * Outlines: closed polygons as flat lists x0, y0, x1, y1, … in pixels, y pointing down. Curves become short lines as they are
 * added, so that the canvas knows polygons only.
 */
import { direction, length } from "./trigonometry.ts";

/** A polygon or polyline as x0, y0, x1, y1, … */
export type Path = readonly number[];

/** The column about which every garment is symmetric. */
export const centre = 14;

/** Lines that stand for one curve: no corner is visible at 28×28. */
const curveLines = 6;

/** Collects the points of an outline; `x` counts from the middle of the image when `mirrored` is to finish it. */
export class Pen {
  readonly #points: number[];

  constructor(x: number, y: number) {
    this.#points = [x, y];
  }

  /** Goes on in a straight line. */
  line(x: number, y: number): this {
    this.#points.push(x, y);
    return this;
  }

  /** Goes on in a quadratic Bézier curve that leaves and arrives in the direction of (controlX, controlY). */
  curve(controlX: number, controlY: number, x: number, y: number): this {
    const fromX = this.#points.at(-2) ?? 0;
    const fromY = this.#points.at(-1) ?? 0;
    for (let step = 1; step <= curveLines; step++) {
      const t = step / curveLines;
      const from = (1 - t) * (1 - t);
      const control = 2 * t * (1 - t);
      const to = t * t;
      this.#points.push(from * fromX + control * controlX + to * x, from * fromY + control * controlY + to * y);
    }
    return this;
  }

  /** The points as they are. */
  path(): Path {
    return this.#points;
  }

  /** The right half, with x counted from the middle, completed by its mirror image. */
  mirrored(): Path {
    const half = this.#points;
    const whole: number[] = [];
    for (let at = 0; at < half.length; at += 2) whole.push(centre + (half[at] ?? 0), half[at + 1] ?? 0);
    for (let at = half.length - 2; at >= 0; at -= 2) whole.push(centre - (half[at] ?? 0), half[at + 1] ?? 0);
    return whole;
  }

  /** The points with x counted from the middle, to the right (side 1) or mirrored to the left (side −1). */
  onSide(side: 1 | -1): Path {
    return this.#points.map((value, at) => (at % 2 === 0 ? centre + side * value : value));
  }
}

/** An upright rectangle. */
export function rectangle(left: number, top: number, right: number, bottom: number): Path {
  return [left, top, right, top, right, bottom, left, bottom];
}

/** A rectangle with rounded corners. */
export function roundedRectangle(left: number, top: number, right: number, bottom: number, radius: number): Path {
  return new Pen(left + radius, top)
    .line(right - radius, top)
    .curve(right, top, right, top + radius)
    .line(right, bottom - radius)
    .curve(right, bottom, right - radius, bottom)
    .line(left + radius, bottom)
    .curve(left, bottom, left, bottom - radius)
    .line(left, top + radius)
    .curve(left, top, left + radius, top)
    .path();
}

/** An ellipse, as a polygon of 16 corners. */
export function ellipse(centreX: number, centreY: number, radiusX: number, radiusY: number): Path {
  const points: number[] = [];
  for (let corner = 0; corner < 16; corner++) {
    const { cos, sin } = direction(corner / 16);
    points.push(centreX + radiusX * cos, centreY + radiusY * sin);
  }
  return points;
}

/** The outline of a band along a polyline, `width` wide at its start and `endWidth` at its end. */
export function band(line: Path, width: number, endWidth = width): Path {
  const points = line.length / 2;
  const left: number[] = [];
  const right: number[] = [];
  for (let at = 0; at < points; at++) {
    const before = Math.max(at - 1, 0) * 2;
    const after = Math.min(at + 1, points - 1) * 2;
    const alongX = (line[after] ?? 0) - (line[before] ?? 0);
    const alongY = (line[after + 1] ?? 0) - (line[before + 1] ?? 0);
    const scale = (width + ((endWidth - width) * at) / Math.max(points - 1, 1)) / 2 / (length(alongX, alongY) || 1);
    const x = line[at * 2] ?? 0;
    const y = line[at * 2 + 1] ?? 0;
    left.push(x - alongY * scale, y + alongX * scale);
    right.unshift(x + alongY * scale, y - alongX * scale);
  }
  return [...left, ...right];
}

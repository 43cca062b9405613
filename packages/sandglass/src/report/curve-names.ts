/** Names of curves at their ends, which no legend has to explain. */
import type { RenderFunction } from "@observablehq/plot";
import { overlay } from "./svg-document.ts";

export interface CurveEnd {
  readonly name: string;
  readonly color: string;
  readonly x: number;
  readonly y: number;
}

const LINE_HEIGHT = 14;
const GAP = 7;

/** Writes each name right of its curve's end; names that would lie over one another move apart. */
export function nameCurves(ends: readonly CurveEnd[]): RenderFunction {
  return overlay(({ x, y }) => {
    const right = Math.max(...ends.map((end) => x(end.x)));
    const sorted = ends.map((end) => ({ ...end, place: y(end.y) })).toSorted((a, b) => a.place - b.place);
    const places = moveApart(sorted.map(({ place }) => place));
    return {
      element: "g",
      attributes: { class: "curve-names" },
      content: sorted.map(({ name, color }, index) => ({
        element: "text",
        attributes: { x: Math.round(right + GAP), y: Math.round(places[index] ?? 0), dy: "0.32em", fill: color },
        content: name,
      })),
    };
  });
}

/** Places in ascending order with a line's height between them; neighbours that are too close move by the same. */
export function moveApart(places: readonly number[]): number[] {
  const moved = [...places];
  for (let index = 1; index < moved.length; index++) {
    const [above = 0, below = 0] = [moved[index - 1], moved[index]];
    const missing = LINE_HEIGHT - (below - above);
    if (missing <= 0) continue;
    moved[index - 1] = above - missing / 2;
    moved[index] = below + missing / 2;
  }
  return moved;
}

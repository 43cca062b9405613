/** The names of classes in the middle of their points, where they have room. */
import type { RenderFunction } from "@observablehq/plot";
import { overlay } from "./svg-document.ts";

export type Point = readonly [x: number, y: number];

interface Box {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const LINE_HEIGHT = 15;
/** About the width of a letter at 12 pixels. */
const LETTER = 7.2;
/** Longer names are shortened; the legend has them in full. */
const MOST_LETTERS = 18;

/** Writes each name at the median of its points. A name that would lie over another is left out; the legend has them all. */
export function placeClassNames(
  classes: readonly { readonly name: string | undefined; readonly points: readonly Point[] }[],
): RenderFunction {
  return overlay(({ x, y, width }) => {
    const placed: Box[] = [];
    for (const { name, points } of classes) {
      if (name === undefined || points.length === 0) continue;
      const [middleX, middleY] = [median(points.map((point) => point[0])), median(points.map((point) => point[1]))];
      const text = name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 1).trimEnd()}…` : name;
      const box = keepInside({ text, x: x(middleX), y: y(middleY), width: text.length * LETTER }, width);
      if (!placed.some((other) => overlap(box, other))) placed.push(box);
    }
    return {
      element: "g",
      attributes: { class: "class-names" },
      content: placed.map((box) => ({
        element: "text",
        attributes: { x: Math.round(box.x), y: Math.round(box.y) },
        content: box.text,
      })),
    };
  });
}

function keepInside(box: Box, width: number): Box {
  const margin = box.width / 2 + 2;
  return { ...box, x: Math.min(width - margin, Math.max(margin, box.x)) };
}

function overlap(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < LINE_HEIGHT;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** How the points of a class are drawn: ten colors, and another shape for each ten classes. */

export interface ClassMark {
  /** The path of one point around (x, y). */
  at(x: number, y: number, size: number): string;
  /** What the path needs beside. */
  attributes(size: number): Readonly<Record<string, string>>;
}

export const CLASS_COLORS = 10;

/** Filled dots, crosses, and rings of three sides; they stay apart at three pixels. */
const SHAPES = [
  {
    at: (x: number, y: number): string => `M${x},${y}h0`,
    width: (size: number): number => size,
  },
  {
    at: (x: number, y: number, size: number): string => {
      const arm = half(size * 1.2);
      return `M${round(x - arm)},${y}h${2 * arm}M${x},${round(y - arm)}v${2 * arm}`;
    },
    width: (size: number): number => round(size * 0.3),
  },
  {
    at: (x: number, y: number, size: number): string => {
      const arm = half(size * 1.2);
      return `M${x},${round(y - arm)}l${arm},${2 * arm}h${-2 * arm}z`;
    },
    width: (size: number): number => round(size * 0.3),
  },
] as const;

/** The color is a variable of the page's style, so that light and dark pages have their own. */
export function classMark(label: number): ClassMark {
  const shape = SHAPES[Math.floor(label / CLASS_COLORS) % SHAPES.length] ?? SHAPES[0];
  return {
    at: shape.at,
    attributes: (size) => ({
      fill: "none",
      stroke: `var(--class-${label % CLASS_COLORS})`,
      "stroke-width": String(shape.width(size)),
      "stroke-linecap": "round",
    }),
  };
}

function half(size: number): number {
  return round(size / 2);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

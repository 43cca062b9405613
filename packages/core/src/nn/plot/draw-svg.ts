/** A picture as SVG. */
import type { Cell, Run } from "./layer-box.ts";
import type { Picture, Point, Rectangle } from "./lay-out.ts";
import { textWidth } from "./text-width.ts";

const FONTS = "Helvetica, Arial, sans-serif";
const FRAME_FONT_SIZE = 14;
const ARROW_LENGTH = 9;

/** Fill and text of each kind of cell: Keras's colours. */
const COLOURS: Readonly<Record<Cell["kind"], readonly [fill: string, text: string]>> = {
  title: ["black", "white"],
  detail: ["white", "black"],
  trainable: ["forestgreen", "white"],
  frozen: ["firebrick", "white"],
};

/** @param title what the picture shows, for those who cannot see it. */
export function drawSvg({ width, height, boxes, frames, arrows }: Picture, title: string): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
      `font-family="${FONTS}" role="img">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...frames.map(({ area, label }) => drawFrame(area, label)),
    ...arrows.map(({ points }) => drawArrow(points)),
    ...boxes.map(({ box, at }) => `<g>${box.cells.map((cell) => drawCell(cell, at)).join("")}</g>`),
    "</svg>",
    "",
  ].join("\n");
}

function drawFrame({ x, y, width, height }: Rectangle, label: string): string {
  const rectangle = `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" fill="none" stroke="black" stroke-dasharray="5 3"/>`;
  return rectangle + drawText([run(label)], { x: x + 6, y: y + 15 }, FRAME_FONT_SIZE, "black");
}

function drawCell({ x, y, width, height, kind, fontSize, runs }: Cell, at: Point): string {
  const [fill, colour] = COLOURS[kind];
  const textsWidth = runs.reduce((sum, each) => sum + each.width, 0);
  const middle = { x: at.x + x + (width - textsWidth) / 2, y: at.y + y + height / 2 + fontSize * 0.35 };
  return (
    `<rect x="${px(at.x + x)}" y="${px(at.y + y)}" width="${px(width)}" height="${px(height)}" ` +
    `fill="${fill}" stroke="black"/>${drawText(runs, middle, fontSize, colour)}`
  );
}

/** Texts side by side, each set to the width that was reckoned for it, whatever the font. */
function drawText(runs: readonly Run[], at: Point, fontSize: number, colour: string): string {
  let { x } = at;
  return runs
    .map(({ text, weight, width }) => {
      const left = x;
      x += width;
      return (
        `<text x="${px(left)}" y="${px(at.y)}" font-size="${fontSize}" font-weight="${weight}" fill="${colour}" ` +
        `textLength="${px(width)}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escape(text)}</text>`
      );
    })
    .join("");
}

function run(text: string): Run {
  return { text, weight: "normal", width: textWidth(text, FRAME_FONT_SIZE) };
}

function drawArrow(points: readonly Point[]): string {
  const [last, before] = [points.at(-1), points.at(-2)];
  if (last === undefined || before === undefined) return "";
  const length = Math.hypot(last.x - before.x, last.y - before.y) || 1;
  const along = { x: (last.x - before.x) / length, y: (last.y - before.y) / length };
  const foot = { x: last.x - along.x * ARROW_LENGTH, y: last.y - along.y * ARROW_LENGTH };
  const side = { x: -along.y * ARROW_LENGTH * 0.45, y: along.x * ARROW_LENGTH * 0.45 };
  const head = [last, { x: foot.x + side.x, y: foot.y + side.y }, { x: foot.x - side.x, y: foot.y - side.y }];
  return (
    `<path d="${smooth([...points.slice(0, -1), foot])}" fill="none" stroke="black" stroke-width="1.5"/>` +
    `<polygon points="${head.map(({ x, y }) => `${px(x)},${px(y)}`).join(" ")}"/>`
  );
}

/** Through the middles of the lines between the points, which bend it. */
function smooth(points: readonly Point[]): string {
  const [first, ...rest] = points as [Point, ...Point[]];
  const parts = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] as Point;
    return `Q${px(point.x)} ${px(point.y)} ${px((point.x + next.x) / 2)} ${px((point.y + next.y) / 2)}`;
  });
  const end = rest.at(-1) ?? first;
  return `M${px(first.x)} ${px(first.y)}${parts.join("")}L${px(end.x)} ${px(end.y)}`;
}

/** Tenths of pixels are fine enough. */
function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What XML has no place for, but spaces: other control characters. */
const CONTROL = /(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/gu;

function escape(text: string): string {
  return text.replaceAll(CONTROL, "\uFFFD").replaceAll(/[&<>"]/gu, (character) => ENTITIES[character] ?? character);
}

/** What Observable Plot draws SVG with, and marks of our own for it. */
import type * as ObservablePlot from "@observablehq/plot";

/** From values to places in the drawing. */
export interface Scales {
  x(value: number): number;
  y(value: number): number;
  /** Of the whole drawing. */
  readonly width: number;
}

/** A piece of SVG: its element, its attributes, and what is in it. */
export interface SvgPiece {
  readonly element: "g" | "path" | "text";
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly content?: string | readonly SvgPiece[];
}

/** What all drawings with axes have in common. */
export const FRAME = {
  marginTop: 30,
  marginLeft: 48,
  marginBottom: 40,
  style: { background: "none", fontSize: "12px" },
} as const;

/** Plot, and a document to draw into. Both are loaded when something is drawn, because that takes a while. */
export async function openDrawing(): Promise<{ readonly Plot: typeof ObservablePlot; readonly document: Document }> {
  const [Plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  return { Plot, document: parseHTML("<!doctype html><html><body></body></html>").document };
}

/** A mark of Plot that puts a piece of SVG where the scales say. */
export function overlay(draw: (scales: Scales) => SvgPiece): ObservablePlot.RenderFunction {
  return (_index, { x, y }, _channels, { width }, { document }) => {
    if (x === undefined || y === undefined) throw new Error("a mark is drawn over two scales; one is missing");
    return build(document, draw({ x: (value) => Number(x(value)), y: (value) => Number(y(value)), width }));
  };
}

function build(document: Document, { element, attributes, content = "" }: SvgPiece): SVGElement {
  const node = document.createElementNS("http://www.w3.org/2000/svg", element);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  if (typeof content === "string") node.textContent = content;
  else node.append(...content.map((piece) => build(document, piece)));
  return node;
}

/** A coordinate with as many digits as can be seen. */
export function coordinate(value: number): number {
  return Math.round(value * 10) / 10;
}

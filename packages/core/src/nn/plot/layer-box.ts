/** What stands in the box of a layer. Source: `make_layer_label` in Keras 3, `keras/src/utils/model_visualization.py`. */
import type { Shape } from "../../graph/tensor-type.ts";
import type { Layer, SymbolicTensor } from "../layers/layer.ts";
import { InputLayer } from "../layers/input-layer.ts";
import { textWidth } from "./text-width.ts";

export interface BoxOptions {
  /** Whether to show the shapes of inputs and outputs; false unless given. */
  readonly showShapes?: boolean;
  /** Whether to show the names of the layers, and not their classes alone; false unless given. */
  readonly showLayerNames?: boolean;
  /** Whether to show activations; false unless given. */
  readonly showLayerActivations?: boolean;
  /** Whether to show which layers are trained; false unless given. */
  readonly showTrainable?: boolean;
}

/** A piece of text in one font. */
export interface Run {
  readonly text: string;
  readonly weight: "normal" | "bold";
  readonly width: number;
}

/** A part of a box: from its upper left corner, in pixels. */
export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly kind: "title" | "detail" | "trainable" | "frozen";
  readonly fontSize: number;
  readonly runs: readonly Run[];
}

export interface Box {
  readonly width: number;
  readonly height: number;
  readonly cells: readonly Cell[];
}

const TITLE_SIZE = 16;
const DETAIL_SIZE = 14;
const PADDING = 10;

interface CellText {
  readonly kind: Cell["kind"];
  readonly fontSize: number;
  readonly runs: readonly Run[];
}

export function layerBox(layer: Layer, options: BoxOptions): Box {
  const rows = [[title(layer, options)], activation(layer, options), details(layer, options)].filter(
    (row) => row.length > 0,
  );
  const widthOf = ({ runs }: CellText): number => runs.reduce((sum, { width }) => sum + width, 2 * PADDING);
  const rowWidth = (row: readonly CellText[]): number => row.reduce((sum, cell) => sum + widthOf(cell), 0);
  const width = Math.max(...rows.map(rowWidth));
  const cells: Cell[] = [];
  let y = 0;
  for (const row of rows) {
    const height = (row[0] as CellText).fontSize + 2 * PADDING;
    // What is left over goes to the cells of a row alike.
    const surplus = (width - rowWidth(row)) / row.length;
    let x = 0;
    for (const cell of row) {
      const cellWidth = widthOf(cell) + surplus;
      cells.push({ ...cell, x, y, width: cellWidth, height });
      x += cellWidth;
    }
    y += height;
  }
  return { width, height: y, cells };
}

function title({ name, className }: Layer, { showLayerNames = false }: BoxOptions): CellText {
  const runs = showLayerNames
    ? [run(name, "bold", TITLE_SIZE), run(` (${className})`, "normal", TITLE_SIZE)]
    : [run(className, "bold", TITLE_SIZE)];
  return { kind: "title", fontSize: TITLE_SIZE, runs };
}

function activation(layer: Layer, { showLayerActivations = false }: BoxOptions): CellText[] {
  if (!showLayerActivations || "layers" in layer) return [];
  const name = layer.getConfig()["activation"];
  return typeof name === "string" ? [detail("Activation", name)] : [];
}

function details(layer: Layer, { showShapes = false, showTrainable = false }: BoxOptions): CellText[] {
  const cells: CellText[] = [];
  if (showShapes) {
    if (!(layer instanceof InputLayer)) cells.push(detail("Input shape", shapesText(inputsOf(layer))));
    cells.push(detail("Output shape", shapesText(outputsOf(layer))));
  }
  if (showTrainable && layer.variables.length > 0) {
    const text = layer.trainable ? "Trainable" : "Non-trainable";
    const runs = [run(text, "bold", DETAIL_SIZE)];
    cells.push({ kind: layer.trainable ? "trainable" : "frozen", fontSize: DETAIL_SIZE, runs });
  }
  return cells;
}

function detail(what: string, value: string): CellText {
  const runs = [run(`${what}: `, "normal", DETAIL_SIZE), run(value, "bold", DETAIL_SIZE)];
  return { kind: "detail", fontSize: DETAIL_SIZE, runs };
}

function run(text: string, weight: Run["weight"], fontSize: number): Run {
  return { text, weight, width: textWidth(text, fontSize, weight) };
}

/** Those of a model itself, or of a layer's first call. */
function inputsOf(layer: Layer): readonly SymbolicTensor[] {
  return (layer as { inputs?: readonly SymbolicTensor[] }).inputs ?? layer.calls[0]?.inputs ?? [];
}

function outputsOf(layer: Layer): readonly SymbolicTensor[] {
  return (layer as { outputs?: readonly SymbolicTensor[] }).outputs ?? layer.calls[0]?.outputs ?? [];
}

/** As Python writes tuples: `(None, 8)`, `(None,)`, of several `[(None, 8), (None, 4)]`. */
function shapesText(tensors: readonly SymbolicTensor[]): string {
  const texts = tensors.map(({ shape }) => withBatch(shape));
  if (texts.length === 0) return "?";
  return texts.length === 1 ? (texts[0] as string) : `[${texts.join(", ")}]`;
}

function withBatch(shape: Shape): string {
  return shape.length === 0 ? "(None,)" : `(${["None", ...shape].join(", ")})`;
}

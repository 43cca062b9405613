/** The table that Keras prints of a model. */
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { Layer, LayerCall, SymbolicTensor } from "../layers/layer.ts";
import type { Variable } from "../variable.ts";

export interface SummaryOptions {
  /** Takes the text; `console.log` unless given. */
  readonly print?: (text: string) => void;
  /** Characters in a line: 76 unless given, 98 where the layers are not a chain. */
  readonly lineLength?: number;
  /** Whether to show the layers of models within the model; false unless given. */
  readonly expandNested?: boolean;
}

/** What the summary shows of a model. */
export interface SummarizedModel {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly built: boolean;
  readonly innerCalls: readonly LayerCall[];
  readonly variables: readonly Variable[];
  readonly trainableVariables: readonly Variable[];
  /** Number of values that the optimizer keeps. */
  readonly optimizerSize: number;
}

interface Column {
  readonly title: string;
  /** Where the column ends, as a share of the line. */
  readonly end: number;
  readonly alignRight?: boolean;
}

const CHAIN_COLUMNS: readonly Column[] = [
  { title: "Layer (type)", end: 0.45 },
  { title: "Output Shape", end: 0.8 },
  { title: "Param #", end: 1, alignRight: true },
];
const GRAPH_COLUMNS: readonly Column[] = [
  { title: "Layer (type)", end: 0.3 },
  { title: "Output Shape", end: 0.56 },
  { title: "Param #", end: 0.74, alignRight: true },
  { title: "Connected to", end: 1 },
];
const BYTES_PER_VALUE = 4;

export function summarize(model: SummarizedModel, { lineLength, expandNested = false }: SummaryOptions): string {
  const isChain = model.innerCalls.every(({ layer, inputs }, index, calls) => {
    const before = calls[index - 1];
    const isShared = calls.findIndex((call) => call.layer === layer) !== index;
    return !isShared && inputs.length === 1 && (before === undefined || inputs[0] === before.outputs[0]);
  });
  const columns = isChain ? CHAIN_COLUMNS : GRAPH_COLUMNS;
  const widths = columnWidths(columns, lineLength ?? (isChain ? 76 : 98));
  const rows = model.layers.flatMap((layer) => layerRows(model, layer, isChain, expandNested, 0));
  return [`Model: "${model.name}"`, ...table(columns, widths, rows), ...totals(model)].join("\n");
}

function layerRows(
  model: SummarizedModel,
  layer: Layer,
  isChain: boolean,
  expandNested: boolean,
  level: number,
): string[][] {
  const indent = level === 0 ? "" : `${"   ".repeat(level)}└ `;
  const cells = [`${indent}${layer.name} (${layer.className})`, outputShape(layer), params(layer)];
  if (!isChain) cells.push(connections(model, layer));
  const inner = (layer as Partial<SummarizedModel>).layers;
  if (!expandNested || inner === undefined) return [cells];
  return [cells, ...inner.flatMap((part) => layerRows(model, part, isChain, expandNested, level + 1))];
}

/** The output of the layer's last call, as Keras shows it; of a model that was not called, its own. */
function outputShape(layer: Layer): string {
  const own = (layer as { outputs?: readonly SymbolicTensor[] }).outputs;
  const outputs = layer.calls.at(-1)?.outputs ?? (layer.built ? own : undefined);
  if (outputs === undefined) return "?";
  return outputs.map(({ shape }) => withBatch(shape)).join(", ");
}

function withBatch(shape: Shape): string {
  return `(${["None", ...shape].join(", ")}${shape.length === 0 ? "," : ""})`;
}

function params(layer: Layer): string {
  return layer.built ? grouped(layer.countParams()) : "0 (unbuilt)";
}

function connections(model: SummarizedModel, layer: Layer): string {
  const sources = model.innerCalls.filter((call) => call.layer === layer).flatMap(({ inputs }) => inputs);
  return sources.map((tensor) => `${tensor.layer.name}[${tensor.callIndex}][${tensor.outputIndex}]`).join(", ") || "-";
}

function totals({ variables, trainableVariables, optimizerSize }: SummarizedModel): string[] {
  const count = (list: readonly Variable[]): number => list.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const trainable = count(trainableVariables);
  const line = (title: string, size: number): string => ` ${title}: ${grouped(size)} (${memory(size)})`;
  const lines = [
    line("Total params", count(variables) + optimizerSize),
    line("Trainable params", trainable),
    line("Non-trainable params", count(variables) - trainable),
  ];
  return optimizerSize === 0 ? lines : [...lines, line("Optimizer params", optimizerSize)];
}

function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

function memory(count: number): string {
  let size = count * BYTES_PER_VALUE;
  for (const unit of ["B", "KB", "MB"]) {
    if (size < 1024) return `${size.toFixed(2)} ${unit}`;
    size /= 1024;
  }
  return `${size.toFixed(2)} GB`;
}

/** Characters between the borders: the line less one border for each column and one more, taken from the second. */
function columnWidths(columns: readonly Column[], lineLength: number): number[] {
  const ends = columns.map(({ end }) => Math.floor(end * lineLength));
  return ends.map((end, index) => end - (ends[index - 1] ?? 0) - (index === 1 ? 2 : 1));
}

function table(columns: readonly Column[], widths: readonly number[], rows: readonly string[][]): string[] {
  const rule = (left: string, line: string, cross: string, right: string): string =>
    left + widths.map((width) => line.repeat(width)).join(cross) + right;
  const lines = (cells: readonly string[], border: string): string[] => {
    const wrapped = cells.map((cell, index) => wrap(cell, (widths[index] as number) - 2));
    const height = Math.max(...wrapped.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) => {
      const texts = wrapped.map((cell, index) => {
        const width = (widths[index] as number) - 2;
        const text = cell[line] ?? "";
        return ` ${columns[index]?.alignRight === true ? text.padStart(width) : text.padEnd(width)} `;
      });
      return border + texts.join(border) + border;
    });
  };
  const header = lines(
    columns.map(({ title }) => title),
    "┃",
  );
  const body = rows.flatMap((row, index) => [...(index === 0 ? [] : [rule("├", "─", "┼", "┤")]), ...lines(row, "│")]);
  return [rule("┏", "━", "┳", "┓"), ...header, rule("┡", "━", "╇", "┩"), ...body, rule("└", "─", "┴", "┘")];
}

/** Lines of at most `width` characters, broken at spaces where there are any. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(" ", width);
    const end = space > 0 ? space : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}

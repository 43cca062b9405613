/** What Keras prints of a model. Source: `print_summary` in Keras 3, `keras/src/utils/summary_utils.py`. */
import type { Shape } from "../../graph/tensor-type.ts";
import type { Layer, LayerCall, SymbolicTensor } from "../layers/layer.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Variable } from "../variable.ts";
import { roundHalfEven, textTable } from "./text-table.ts";
import type { TextColumn } from "./text-table.ts";

export interface SummaryOptions {
  /** Takes the text; `console.log` unless given. */
  readonly print?: (text: string) => void;
  /** Characters in a line: 76 unless given, 98 where the layers are not a chain, and 12 more with `showTrainable`. */
  readonly lineLength?: number;
  /** Whether to show the layers of models within the model; false unless given. */
  readonly expandNested?: boolean;
  /** Whether to show which layers are trained; false unless given. */
  readonly showTrainable?: boolean;
  /**
   * The first and the last layer to show, by their names or the beginnings of them, which may be regular expressions; all unless
   * given.
   */
  readonly layerRange?: readonly [first: string, last: string];
}

/** What the summary shows of a model. */
export interface SummarizedModel {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly innerCalls: readonly LayerCall[];
  readonly variables: readonly Variable[];
  readonly trainableVariables: readonly Variable[];
  readonly compiled: { readonly optimizer: Optimizer; readonly state: OptimizerSize } | undefined;
}

interface OptimizerSize {
  readonly isBuilt: boolean;
  readonly size: number;
}

interface Column {
  readonly title: string;
  /** Where the column ends, as a share of the line. */
  readonly end: number;
  readonly align: TextColumn["align"];
}

const CHAIN_COLUMNS: readonly Column[] = [
  { title: "Layer (type)", end: 0.45, align: "left" },
  { title: "Output Shape", end: 0.8, align: "left" },
  { title: "Param #", end: 1, align: "right" },
];
const GRAPH_COLUMNS: readonly Column[] = [
  { title: "Layer (type)", end: 0.3, align: "left" },
  { title: "Output Shape", end: 0.56, align: "left" },
  { title: "Param #", end: 0.74, align: "right" },
  { title: "Connected to", end: 1, align: "left" },
];
const TRAINABLE_COLUMN: Column = { title: "Trainable", end: 1, align: "center" };
/** What the other columns keep of the line beside that one. */
const SHARE_BESIDE_TRAINABLE = 0.9;
const MIN_COLUMN = 4;
const BYTES = { float32: 4, int64: 8 } as const;

/** @throws RangeError when no layer is within `layerRange`, or the line is too short. */
export function summarize(model: SummarizedModel, options: SummaryOptions): string {
  const { showTrainable = false } = options;
  const isChain = isSequentialLike(model);
  const columns = columnsOf(isChain, showTrainable);
  const lineLength = options.lineLength ?? (isChain ? 76 : 98) + (showTrainable ? 12 : 0);
  const rows = layersInRange(model, options.layerRange).flatMap((layer) =>
    layerRows(model, layer, { ...options, isChain }, 0),
  );
  const table = textTable(columnWidths(columns, lineLength), lineLength, rows);
  return [`Model: "${model.name}"`, ...table, ...totals(model)].join("\n");
}

/** Whether each layer is called once, on what the one before it makes. */
function isSequentialLike({ innerCalls }: SummarizedModel): boolean {
  return innerCalls.every(({ layer, inputs }, index) => {
    const before = innerCalls[index - 1];
    const isShared = innerCalls.findIndex((call) => call.layer === layer) !== index;
    return (
      !isShared && inputs.length === 1 && (before === undefined || before.outputs.includes(inputs[0] as SymbolicTensor))
    );
  });
}

function columnsOf(isChain: boolean, showTrainable: boolean): readonly Column[] {
  const columns = isChain ? CHAIN_COLUMNS : GRAPH_COLUMNS;
  if (!showTrainable) return columns;
  return [...columns.map((column) => ({ ...column, end: column.end * SHARE_BESIDE_TRAINABLE })), TRAINABLE_COLUMN];
}

function columnWidths(columns: readonly Column[], lineLength: number): TextColumn[] {
  const ends = columns.map(({ end }) => Math.trunc(end * lineLength));
  return columns.map(({ title, align }, index) => {
    const width = (ends[index] as number) - (ends[index - 1] ?? 0);
    if (width >= MIN_COLUMN) return { title, align, width };
    throw new RangeError(`a line of ${lineLength} characters is too short for the summary; make lineLength larger`);
  });
}

function layersInRange({ name, layers }: SummarizedModel, range: SummaryOptions["layerRange"]): readonly Layer[] {
  if (range === undefined) return layers;
  const [first, last] = range.map((pattern) => {
    const begins = new RegExp(`^(?:${pattern})`, "u");
    return layers.flatMap((layer, index) => (begins.test(layer.name) ? [index] : []));
  }) as [number[], number[]];
  if (first.length === 0 || last.length === 0) {
    const names = layers.map((layer) => layer.name).join(", ");
    throw new RangeError(`layerRange ${range.join(" to ")} fits no layers of "${name}"; it has ${names}`);
  }
  if (Math.min(...first) > Math.max(...last)) return layers.slice(Math.min(...last), Math.max(...first) + 1);
  return layers.slice(Math.min(...first), Math.max(...last) + 1);
}

interface RowOptions extends SummaryOptions {
  readonly isChain: boolean;
}

function layerRows(model: SummarizedModel, layer: Layer, options: RowOptions, level: number): string[][] {
  const indent = level === 0 ? "" : `${"   ".repeat(level)}└ `;
  const cells = [`${indent}${layer.name} (${layer.className})`, outputShape(layer), params(layer)];
  if (!options.isChain) cells.push(connections(model, layer));
  if (options.showTrainable === true) cells.push(layer.variables.length === 0 ? "-" : layer.trainable ? "Y" : "N");
  const inner = (layer as Partial<SummarizedModel>).layers;
  if (options.expandNested !== true || inner === undefined) return [cells];
  return [cells, ...inner.flatMap((part) => layerRows(model, part, options, level + 1))];
}

/** The output of the layer's last call, as Keras shows it; of a model that was not called, its own. */
function outputShape(layer: Layer): string {
  const own = layer.built ? (layer as { outputs?: readonly SymbolicTensor[] }).outputs : undefined;
  const [first, ...others] = layer.calls.at(-1)?.outputs ?? own ?? [];
  if (first === undefined) return "?";
  if (others.length === 0) return withBatch(first.shape);
  return `[${[first, ...others].map(({ shape }) => withBatch(shape)).join(", ")}]`;
}

function withBatch(shape: Shape): string {
  return `(${["None", ...shape].join(", ")})`;
}

function params(layer: Layer): string {
  const isUnbuilt = "layers" in layer ? !layer.built : layer.isToBeBuilt;
  return isUnbuilt ? "0 (unbuilt)" : grouped(layer.countParams());
}

function connections(model: SummarizedModel, layer: Layer): string {
  const sources = model.innerCalls.filter((call) => call.layer === layer).flatMap(({ inputs }) => inputs);
  return sources.map((tensor) => `${tensor.layer.name}[${tensor.callIndex}][${tensor.outputIndex}]`).join(", ") || "-";
}

interface Size {
  readonly params: number;
  readonly bytes: number;
}

function totals({ variables, trainableVariables, compiled }: SummarizedModel): string[] {
  const trained = new Set(trainableVariables);
  const trainable = sizeOfAll(trainableVariables);
  const others = sizeOfAll(variables.filter((variable) => !trained.has(variable)));
  const optimizer = compiled?.state.isBuilt === true ? optimizerSize(compiled.optimizer, compiled.state) : undefined;
  const total = [trainable, others, optimizer ?? { params: 0, bytes: 0 }].reduce(plus);
  const line = (title: string, { params, bytes }: Size): string => ` ${title}: ${grouped(params)} (${memory(bytes)})`;
  return [
    line("Total params", total),
    line("Trainable params", trainable),
    line("Non-trainable params", others),
    ...(optimizer === undefined ? [] : [line("Optimizer params", optimizer)]),
  ];
}

function sizeOfAll(variables: readonly Variable[]): Size {
  return variables
    .map(({ size, dtype }) => ({ params: size, bytes: size * BYTES[dtype] }))
    .reduce(plus, { params: 0, bytes: 0 });
}

/** What an optimizer keeps of the variables, its numbers, and how many steps it has taken, which Keras counts in an int64. */
function optimizerSize(optimizer: Optimizer, { size }: OptimizerSize): Size {
  const numbers = (optimizer.schedule === undefined ? 1 : 0) + optimizer.derivedNumbers(0).length;
  return { params: size + numbers + 1, bytes: (size + numbers) * BYTES.float32 + BYTES.int64 };
}

function plus(a: Size, b: Size): Size {
  return { params: a.params + b.params, bytes: a.bytes + b.bytes };
}

function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

function memory(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024;
  return `${(roundHalfEven(size * 100) / 100).toFixed(2)} ${units[unit] ?? ""}`;
}

/** Inputs with their targets and weights, checked against a model: Keras's x, y, sample_weight and class_weight. */
import { GraphError } from "../../graph/error.ts";
import { formatShape, sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { SymbolicTensor } from "../layers/layer.ts";
import type { Loss } from "../losses/loss.ts";
import { isDataLike, isSameData, sizeOfData, sliceRows, toRows } from "../tensor-data.ts";
import type { DataLike, Rows } from "../tensor-data.ts";
import type { ExamplesKind, TargetKind } from "./model-graph.ts";
import { perName } from "./per-name.ts";
import type { PerName } from "./per-name.ts";

/** Data for each input or output: of the only one, a list in their order, or by their layers' names. */
export type ModelData = DataLike | PerName<DataLike>;

/** A weight for each sample: for all outputs, a list for each, or by their names. */
export type SampleWeights = ArrayLike<number> | PerName<ArrayLike<number>>;

export interface WeightOptions {
  /** What each sample counts in the loss; 1 unless given. */
  readonly sampleWeight?: SampleWeights | undefined;
  /** What the samples of each class count, by the classes' numbers; 1 for classes that are not named. */
  readonly classWeight?: Readonly<Record<number, number>> | undefined;
}

export interface Examples {
  readonly count: number;
  readonly inputs: readonly Rows[];
  /** Undefined where the targets are an input of the model, or none are needed. */
  readonly targets: readonly (Rows | undefined)[];
  readonly weights: readonly (Rows | undefined)[];
  readonly kind: ExamplesKind;
}

/** What examples must fit. */
export interface ExamplesModel {
  readonly name: string;
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  /** The names of the outputs, whether each is measured, and so needs targets, and the loss that they must suit. */
  readonly objective: readonly {
    readonly name: string;
    readonly isMeasured: boolean;
    readonly loss: Loss | undefined;
  }[];
}

/**
 * Checks inputs, targets and weights.
 *
 * @param names what the inputs and the targets are called in errors.
 * @throws GraphError when they do not fit the model or one another.
 */
export function toExamples(
  model: ExamplesModel,
  x: ModelData,
  y: ModelData | undefined,
  { sampleWeight, classWeight }: WeightOptions = {},
  names: readonly [x: string, y: string] = ["x", "y"],
): Examples {
  const { inputs, count } = toInputs(model, x, names[0]);
  const given = arraysOf(
    names[1],
    y,
    model.objective.map(({ name }) => name),
    isDataLike,
  );
  const targets = model.objective.map(({ isMeasured, name, loss }, index) => {
    if (!isMeasured) return { kind: "none" as const, rows: undefined };
    const data = given[index];
    const output = model.outputs[index] as SymbolicTensor;
    if (data === undefined) throw new GraphError(`${names[1]} lacks the targets of output "${name}"`);
    const what = nameOf(names[1], name, model.objective.length);
    const target = toTarget(model, x, data, output.shape, count, what);
    if (target.rows !== undefined) loss?.checkTargets?.(what, target.rows, output.shape);
    return target;
  });
  const weights = toWeights(model, sampleWeight, count);
  const classes = classWeight && classWeightsOf(model.outputs, targets[0]?.rows, classWeight);
  const combined = classes === undefined ? weights : weights.map((rows) => multiply(rows, classes));
  return {
    count,
    inputs,
    targets: targets.map(({ rows }) => rows),
    weights: combined,
    kind: { targets: targets.map(({ kind }) => kind), weighted: combined.map((rows) => rows !== undefined) },
  };
}

/**
 * Checks the inputs alone.
 *
 * @throws GraphError when they do not fit the model or one another.
 */
export function toInputs(
  { name, inputs: tensors }: Pick<ExamplesModel, "name" | "inputs">,
  x: ModelData,
  what = "x",
): { inputs: readonly Rows[]; count: number } {
  const inputNames = tensors.map(({ layer }) => layer.name);
  const given = arraysOf(what, x, inputNames, isDataLike);
  const inputs = tensors.map(({ shape }, index) => {
    const data = given[index];
    const inputName = inputNames[index] as string;
    if (data !== undefined) return toRows(nameOf(what, inputName, tensors.length), data, shape);
    throw new GraphError(`${what} lacks data for the input "${inputName}" of model "${name}"`);
  });
  const counts = new Set(inputs.map(({ count }) => count));
  const [count = 0] = counts;
  if (counts.size > 1) {
    throw new GraphError(`the inputs have ${[...counts].join(" and ")} samples; give as many of each`);
  }
  return { inputs, count };
}

/** Samples `from` to `to`. */
export function sliceExamples(examples: Examples, from: number, to: number): Examples {
  const slice = (rows: Rows | undefined): Rows | undefined => rows && sliceRows(rows, from, to);
  return {
    ...examples,
    count: to - from,
    inputs: examples.inputs.map((rows) => sliceRows(rows, from, to)),
    targets: examples.targets.map(slice),
    weights: examples.weights.map(slice),
  };
}

function toTarget(
  { inputs }: ExamplesModel,
  x: ModelData,
  data: DataLike,
  predicted: Shape,
  count: number,
  what: string,
): { kind: TargetKind; rows: Rows | undefined } {
  const [input, ...others] = inputs;
  if (input !== undefined && others.length === 0 && isDataLike(x) && isSameData(x, data)) {
    if (sizeOf(input.shape) === sizeOf(predicted)) return { kind: { input: 0 }, rows: undefined };
  }
  const shape = targetShape(data, predicted, count);
  const rows = toRows(what, data, shape);
  if (rows.count !== count) {
    const targets = `${rows.data.length} values, which make ${rows.count} targets of shape ${formatShape(shape)}`;
    throw new GraphError(`x has ${count} samples and ${what} holds ${targets}; give a target for each`);
  }
  return { kind: { shape }, rows };
}

/** The shape of targets: that of the predictions where the sizes agree, else as given, so that the loss can complain. */
function targetShape(data: DataLike, predicted: Shape, count: number): Shape {
  const given = "shape" in data ? data.shape : undefined;
  const size = given === undefined ? sizeOfData(data) / count : sizeOf(given);
  if (size === sizeOf(predicted)) return predicted;
  return given ?? (Number.isInteger(size) ? [size] : predicted);
}

function toWeights(model: ExamplesModel, given: SampleWeights | undefined, count: number): (Rows | undefined)[] {
  const names = model.objective.map(({ name }) => name);
  const isList = (value: unknown): boolean => ArrayBuffer.isView(value) || typeof (value as number[])[0] === "number";
  const lists: readonly (ArrayLike<number> | undefined)[] =
    given !== undefined && isList(given)
      ? names.map(() => given as ArrayLike<number>)
      : arraysOf<ArrayLike<number>>("sampleWeight", given, names, isList);
  return names.map((_, index) => {
    const list = lists[index];
    if (list === undefined) return undefined;
    const rows = toRows("sampleWeight", Float32Array.from(list), []);
    if (rows.count === count) return rows;
    throw new GraphError(`x has ${count} samples and sampleWeight has ${rows.count} values; give one for each`);
  });
}

/** The weight of each sample's class: the number that its target holds, or the place of its largest. */
function classWeightsOf(
  [output, ...others]: readonly SymbolicTensor[],
  targets: Rows | undefined,
  classWeight: Readonly<Record<number, number>>,
): Float32Array {
  const isOneVector = output?.shape.length === 1 && others.length === 0;
  if (!isOneVector || targets === undefined) {
    throw new GraphError(
      "classWeight needs a model with one output, a vector, and a class for each sample as its targets; " +
        "give sampleWeight instead",
    );
  }
  const { data, size, count, scale } = targets;
  return Float32Array.from({ length: count }, (_, row) => {
    const target = data.subarray(row * size, (row + 1) * size);
    const value = size === 1 ? Math.round((target[0] as number) * scale) : target.indexOf(Math.max(...target));
    return classWeight[value] ?? 1;
  });
}

function multiply(rows: Rows | undefined, factors: Float32Array): Rows {
  const data = rows === undefined ? factors : factors.map((factor, index) => factor * (rows.data[index] as number));
  return { data, scale: 1, size: 1, count: factors.length };
}

function nameOf(what: string, name: string, count: number): string {
  return count === 1 ? what : `${what} for "${name}"`;
}

/** Arrays for each of `names`: one alone, a list in their order, or by name. */
function arraysOf<T>(
  what: string,
  given: T | PerName<T> | undefined,
  names: readonly string[],
  isOne: (value: unknown) => boolean,
): readonly (T | undefined)[] {
  if (given === undefined) return [];
  const arrays = isOne(given) ? [given as T] : (given as PerName<T>);
  const isOther = (item: unknown): boolean => item !== undefined && !isOne(item);
  if (typeof arrays !== "object" || (Array.isArray(arrays) && arrays.some(isOther))) {
    throw new GraphError(
      `${what} must be typed arrays of numbers, such as Float32Array.from(values); ${describeValue(arrays)} came. ` +
        "Samples follow one another in one flat array",
    );
  }
  return perName<T>(arrays, names, {
    ofLength: (length) =>
      new GraphError(`${what} needs data for ${names.map((name) => `"${name}"`).join(", ")}; ${length} came`),
    ofName: (unknown) => new GraphError(`${what} holds the unknown name ${unknown}`),
  });
}

function describeValue(value: unknown): string {
  return Array.isArray(value) ? "a plain array" : `a ${typeof value}`;
}

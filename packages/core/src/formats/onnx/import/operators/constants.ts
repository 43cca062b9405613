/** Computing with constants: the shapes that exporters take apart and put together again, and weights that are turned. */
import { sizeOf } from "../../../../graph/tensor-type.ts";
import type { OnnxTensor } from "../../onnx-graph.ts";
import { transposeTensor } from "../../simplify/transpose-tensor.ts";
import { wholeNumbers } from "../../tensor-data.ts";
import type { OperatorContext, OperatorImport } from "../operator-context.ts";
import { onnxShape } from "../values.ts";
import type { Value } from "../values.ts";
import { axesOf } from "./shape.ts";

function fixed(dims: readonly number[], data: OnnxTensor["data"]): Value {
  return { kind: "fixed", tensor: { dims, data } };
}

export function importConstant(context: OperatorContext): Value {
  const { attributes } = context.node;
  const tensor = attributes.get("value");
  if (typeof tensor === "object" && "tensor" in tensor) return { kind: "fixed", tensor: tensor.tensor };
  if (attributes.has("value_float")) return fixed([], Float32Array.of(context.float("value_float", 0)));
  if (attributes.has("value_int")) return fixed([], wholeNumbers([context.int("value_int", 0)]));
  const ints = context.optionalInts("value_ints");
  if (ints !== undefined) return fixed([ints.length], wholeNumbers(ints));
  const floats = attributes.get("value_floats");
  if (typeof floats === "object" && "floats" in floats)
    return fixed([floats.floats.length], Float32Array.from(floats.floats));
  return context.refuse("holds none of the values that can be read: a tensor, numbers");
}

/** The sizes of a value; 0 stands for the batch, which Reshape understands as "as it is". */
export function importShape(context: OperatorContext): Value {
  const value = context.value(0);
  const sizes = value.kind === "fixed" ? value.tensor.dims : [0, ...onnxShape(context.flow(0))];
  const part = sizes.slice(context.int("start", 0), context.int("end", sizes.length));
  return fixed([part.length], wholeNumbers(part));
}

/** Operators of which all operands are constants; the others of the same name work on layers. */
export const CONSTANT_OPERATORS: ReadonlyMap<string, OperatorImport> = new Map<string, OperatorImport>([
  ["Cast", (context) => cast(context)],
  ["Concat", (context) => concat(context)],
  ["ConstantOfShape", (context) => constantOfShape(context)],
  ["Gather", (context) => gather(context)],
  ["Reshape", (context) => reshape(context)],
  ["Slice", (context) => slice(context)],
  ["Squeeze", (context) => squeeze(context)],
  ["Transpose", (context) => transpose(context)],
  ["Unsqueeze", (context) => unsqueeze(context)],
]);

const WHOLE_NUMBERS = new Set([6, 7]);
const FLOAT = 1;

function cast(context: OperatorContext): Value {
  const { dims, data } = context.fixed(0);
  const to = context.int("to", 0);
  if (to === FLOAT) return fixed(dims, Float32Array.from(data, Number));
  if (WHOLE_NUMBERS.has(to) && Array.from(data, Number).every(Number.isFinite)) {
    return fixed(dims, wholeNumbers(Array.from(data, Number).map(Math.trunc)));
  }
  return context.refuse(`turns a constant into type ${to}; floats and whole numbers can be read`);
}

/** Lists end to end. */
function concat(context: OperatorContext): Value {
  const parts = context.node.inputs.map((_, position) => vector(context, position));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return fixed([length], wholeNumbers(parts.flat()));
}

function gather(context: OperatorContext): Value {
  const sizes = vector(context, 0);
  const { dims, data } = context.fixed(1);
  const picked = Array.from(data, Number).map((index) => sizes.at(index));
  if (context.int("axis", 0) !== 0 || picked.includes(undefined))
    return context.refuse("picks what its list does not have");
  return fixed(dims, wholeNumbers(picked as number[]));
}

/** Rows of a constant, every so-many-th, also backwards. */
function slice(context: OperatorContext): Value {
  const { dims, data } = context.fixed(0);
  const [rows = 0, ...rest] = dims;
  const bounds = ["starts", "ends", "axes", "steps"].map((name, index) => boundOf(context, name, index + 1));
  const [start = 0, end = rows, axis = 0, step = 1] = bounds;
  if (axis !== 0 || step === 0)
    return context.refuse(`takes apart axis ${axis} of a constant in steps of ${step}; axis 0 can be read`);
  const inside = (position: number): number => {
    const counted = position < 0 ? position + rows : position;
    return step > 0 ? Math.min(Math.max(counted, 0), rows) : Math.min(Math.max(counted, -1), rows - 1);
  };
  const picked: number[] = [];
  for (let row = inside(start); step > 0 ? row < inside(end) : row > inside(end); row += step) picked.push(row);
  const length = sizeOf(rest);
  const result = data.slice(0, picked.length * length);
  for (const [index, row] of picked.entries()) {
    for (let at = 0; at < length; at++) result[index * length + at] = data[row * length + at] as number & bigint;
  }
  return fixed([picked.length, ...rest], result);
}

/** One number of an operand or, before version 10, of an attribute. */
function boundOf(context: OperatorContext, name: string, position: number): number | undefined {
  return context.optionalInts(name)?.[0] ?? context.optionalNumber(position);
}

/** A constant of one number everywhere. */
function constantOfShape(context: OperatorContext): Value {
  const dims = vector(context, 0);
  const count = sizeOf(dims);
  if (!dims.every((size) => Number.isSafeInteger(size) && size >= 0) || count > MAX_CONSTANT) {
    return context.refuse(`makes a constant [${dims.join(", ")}]; up to ${MAX_CONSTANT} numbers can be read`);
  }
  const value = context.node.attributes.get("value");
  const { data } = typeof value === "object" && "tensor" in value ? value.tensor : { data: Float32Array.of(0) };
  if (data.length !== 1) return context.refuse("does not say which number its constant has");
  return fixed(
    dims,
    data instanceof Float32Array
      ? new Float32Array(count).fill(data[0] as number)
      : new BigInt64Array(count).fill(data[0] as bigint),
  );
}

/** Exporters make shapes and paddings so, which are short. */
const MAX_CONSTANT = 2 ** 16;

function reshape(context: OperatorContext): Value {
  const { dims, data } = context.fixed(0);
  const sizes = Array.from(context.fixed(1).data, Number).map((size, axis) => (size === 0 ? (dims[axis] ?? 0) : size));
  const known = sizeOf(sizes.filter((size) => size !== -1));
  const shape = sizes.map((size) => (size === -1 ? data.length / known : size));
  const isWhole = shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (isWhole && sizeOf(shape) === data.length) return fixed(shape, data);
  return context.refuse(`cannot make [${sizes.join(", ")}] of a constant [${dims.join(", ")}]`);
}

function transpose(context: OperatorContext): Value {
  const tensor = context.fixed(0);
  const rank = tensor.dims.length;
  const perm = context.ints(
    "perm",
    tensor.dims.map((_, axis) => rank - 1 - axis),
  );
  const isOrder = perm.length === rank && new Set(perm).size === rank && perm.every((axis) => axis >= 0 && axis < rank);
  if (!isOrder) return context.refuse(`has the order [${perm.join(", ")}] for ${rank} axes; the file is damaged`);
  return { kind: "fixed", tensor: transposeTensor(tensor, perm) };
}

function squeeze(context: OperatorContext): Value {
  const { dims, data } = context.fixed(0);
  const dropped = axesOf(context, dims.length) ?? dims.flatMap((size, axis) => (size === 1 ? [axis] : []));
  if (dropped.some((axis) => dims[axis] !== 1)) return context.refuse("takes away an axis whose size is not 1");
  return fixed(
    dims.filter((_, axis) => !dropped.includes(axis)),
    data,
  );
}

function unsqueeze(context: OperatorContext): Value {
  const { dims, data } = context.fixed(0);
  const count = (context.optionalInts("axes") ?? context.optionalFixed(1)?.data)?.length ?? 0;
  const rank = dims.length + count;
  const added = axesOf(context, rank) ?? [];
  const rest = [...dims];
  return fixed(
    Array.from({ length: rank }, (_, axis) => (added.includes(axis) ? 1 : (rest.shift() ?? 1))),
    data,
  );
}

/** A constant list of whole numbers. */
function vector(context: OperatorContext, position: number): number[] {
  const { dims, data } = context.fixed(position);
  if (dims.length === 1 && data instanceof BigInt64Array) return Array.from(data, Number);
  return context.refuse("computes with a constant that is no list of whole numbers");
}

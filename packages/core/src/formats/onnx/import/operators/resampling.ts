/** Larger images, by repeating or mixing pixels or with zeros around them, and parts of images. */
import { cropping2d, upSampling2d, zeroPadding2d } from "../../../../nn/layers/index.ts";
import { imageAlong } from "../images.ts";
import type { OperatorContext } from "../operator-context.ts";
import { onnxShape } from "../values.ts";
import type { FlowValue, Value } from "../values.ts";
import type { Pair } from "../windows.ts";
import { countedAxes } from "./shape.ts";

/** The rules by which pixels are numbered that give every new pixel the old one whose block it lies in. */
const BLOCKS: readonly (readonly [transformation: string, rounding: string])[] = [
  ["asymmetric", "floor"],
  ["half_pixel", "round_prefer_floor"],
  ["half_pixel", "round_prefer_ceil"],
  ["pytorch_half_pixel", "round_prefer_floor"],
];

/** Whole multiples of height and width. In older models the operator is called Upsample. */
export function importResize(context: OperatorContext): Value {
  const isUpsample = context.node.opType === "Upsample";
  const value = context.flow(0);
  const factors = factorsOf(context, value);
  const mode = context.text("mode", "nearest");
  const transformation = context.text("coordinate_transformation_mode", isUpsample ? "asymmetric" : "half_pixel");
  const rounding = context.text("nearest_mode", isUpsample ? "floor" : "round_prefer_floor");
  if (mode === "nearest" && BLOCKS.some(([known, rule]) => known === transformation && rule === rounding)) {
    return enlarged(context, value, factors, "nearest");
  }
  if (mode === "linear" && ["half_pixel", "pytorch_half_pixel"].includes(transformation)) {
    return enlarged(context, value, factors, "bilinear");
  }
  return context.refuse(
    `resizes by the rule "${mode}", "${transformation}", "${rounding}"; Keras's layers know nearest and linear of half_pixel`,
  );
}

/** By how much each axis grows, in ONNX's order without the batch. */
function factorsOf(context: OperatorContext, value: FlowValue): readonly number[] {
  const shape = onnxShape(value);
  const scales = scalesOf(context);
  const sizes = context.numInputs > 3 ? context.optionalFixed(3) : undefined;
  const [, ...factors] =
    scales ??
    (sizes === undefined ? [] : Array.from(sizes.data, Number).map((size, axis) => size / (shape[axis - 1] ?? 1)));
  const fits = factors.length === shape.length && factors.every((factor) => Number.isInteger(factor) && factor >= 1);
  return fits
    ? factors
    : context.refuse(`scales [${shape.join(", ")}] by [${factors.join(", ")}]; whole multiples can be read`);
}

/** An operand, whose place depends on the version, or an attribute in the oldest models. */
function scalesOf(context: OperatorContext): readonly number[] | undefined {
  const attribute = context.node.attributes.get("scales");
  if (typeof attribute === "object" && "floats" in attribute) return attribute.floats;
  const isThird = context.node.opType === "Resize" && context.opset >= 11;
  const scales = context.optionalFixed(isThird ? 2 : 1);
  return scales === undefined || scales.data.length === 0 ? undefined : Array.from(scales.data, Number);
}

/** Enlarges two axes, wherever they lie. */
function enlarged(
  context: OperatorContext,
  value: FlowValue,
  factors: readonly number[],
  interpolation: "nearest" | "bilinear",
): Value {
  const { tensor, axes } = imageAlong(context, value, touchedBy(factors, 1));
  const [height = 1, width = 1] = axes.map((axis) => factors[axis - 1]);
  const layer = upSampling2d([height, width], { ...context.options(), interpolation });
  return { kind: "flow", tensor: context.call(layer, tensor), axes };
}

/** The axes, counted with the batch, whose number is not the one that changes nothing. */
function touchedBy(numbers: readonly number[], neutral: number): number[] {
  return numbers.flatMap((number, index) => (number === neutral ? [] : [index + 1]));
}

/** Zeros around an image. */
export function importPad(context: OperatorContext): Value {
  if (context.text("mode", "constant") !== "constant") {
    return context.refuse("repeats or mirrors the edges, which no layer does");
  }
  const number = context.numInputs > 2 ? (context.optionalNumber(2) ?? 0) : context.float("value", 0);
  if (number !== 0) return context.refuse(`pads with ${number}; zeros can be read`);
  const value = context.flow(0);
  const rank = value.axes.length + 1;
  const pads = context.optionalInts("pads") ?? Array.from(context.fixed(1).data, Number);
  const given = context.numInputs > 3 ? context.optionalFixed(3) : undefined;
  const axes = countedAxes(context, given?.data ?? Array.from({ length: rank }, (_, axis) => axis), rank);
  if (pads.length !== 2 * axes.length) {
    return context.refuse(`has ${pads.length} pads for ${axes.length} axes; each has one before and one after`);
  }
  const edges = Array.from({ length: rank }, (): Pair => [0, 0]);
  for (const [index, axis] of axes.entries()) {
    edges[axis] = [pads[index] as number, pads[index + axes.length] as number];
  }
  const [batch = [0, 0], ...others] = edges;
  if (!isNone(batch)) return context.refuse("pads the batch, which no layer does");
  const image = imageAlong(
    context,
    value,
    touchedBy(
      others.map((edge) => (isNone(edge) ? 0 : 1)),
      0,
    ),
  );
  const [rows = [0, 0], columns = [0, 0]] = image.axes.map((axis) => edges[axis]);
  const layer = zeroPadding2d([rows, columns], context.options());
  return { kind: "flow", tensor: context.call(layer, image.tensor), axes: image.axes };
}

function isNone([before, after]: Pair): boolean {
  return before === 0 && after === 0;
}

/** A part of an image: rows and columns at the edges are cut off. */
export function importSlice(context: OperatorContext): Value {
  const value = context.flow(0);
  const shape = onnxShape(value);
  const numbers = (name: string, position: number): readonly number[] | undefined => {
    const tensor = context.optionalInts(name) ?? context.optionalFixed(position)?.data;
    return tensor === undefined ? undefined : Array.from<number | bigint, number>(tensor, Number);
  };
  const starts = numbers("starts", 1) ?? [];
  const ends = numbers("ends", 2) ?? [];
  const axes = numbers("axes", 3) ?? starts.map((_, axis) => axis);
  if ((numbers("steps", 4) ?? []).some((step) => step !== 1))
    return context.refuse("takes every so-many-th; parts can be read");
  const edges = Array.from({ length: shape.length + 1 }, (): Pair => [0, 0]);
  for (const [index, given] of axes.entries()) {
    const axis = given < 0 ? given + shape.length + 1 : given;
    const size = shape[axis - 1] ?? context.refuse(`takes a part of axis ${given}, the batch or none of its operand's`);
    const inside = (position: number): number => Math.min(Math.max(position < 0 ? position + size : position, 0), size);
    edges[axis] = [inside(starts[index] ?? 0), size - inside(ends[index] ?? size)];
  }
  const image = imageAlong(
    context,
    value,
    touchedBy(
      edges.slice(1).map((edge) => (isNone(edge) ? 0 : 1)),
      0,
    ),
  );
  const [rows = [0, 0], columns = [0, 0]] = image.axes.map((axis) => edges[axis]);
  const layer = cropping2d([rows, columns], context.options());
  return { kind: "flow", tensor: context.call(layer, image.tensor), axes: image.axes };
}

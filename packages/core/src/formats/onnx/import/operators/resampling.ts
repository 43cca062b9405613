/** Larger images: by repeating or mixing pixels, or with zeros around them. */
import { upSampling2d, zeroPadding2d } from "../../../../nn/layers/index.ts";
import { imageOf, imageValue } from "../images.ts";
import type { OperatorContext } from "../operator-context.ts";
import { onnxShape } from "../values.ts";
import type { FlowValue, Value } from "../values.ts";
import type { Pair } from "../windows.ts";

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

/** Enlarges the two axes that are not the channels, wherever those lie. */
function enlarged(
  context: OperatorContext,
  value: FlowValue,
  factors: readonly number[],
  interpolation: "nearest" | "bilinear",
): Value {
  if (value.axes.length !== 3) return context.refuse("resizes what is no image [batch, channels, height, width]");
  const channels = factors[0] === 1 ? 1 : 3;
  if (factors[channels - 1] !== 1) return context.refuse("enlarges the channels, which no layer does");
  const order = [1, 2, 3].filter((axis) => axis !== channels);
  const [height = 1, width = 1] = order.map((axis) => factors[axis - 1]);
  const axes = value.axes.at(-1) === channels ? value.axes : [...order, channels];
  const size: Pair = axes[0] === order[0] ? [height, width] : [width, height];
  const layer = upSampling2d(size, { ...context.options(), interpolation });
  return { kind: "flow", tensor: context.call(layer, context.state.arranged(value, axes)), axes };
}

/** Zeros around an image. */
export function importPad(context: OperatorContext): Value {
  if (context.text("mode", "constant") !== "constant")
    return context.refuse("repeats or mirrors the edges, which no layer does");
  const number = context.numInputs > 2 ? (context.optionalNumber(2) ?? 0) : context.float("value", 0);
  if (number !== 0) return context.refuse(`pads with ${number}; zeros can be read`);
  const { tensor } = imageOf(context, 0);
  const pads = context.optionalInts("pads") ?? Array.from(context.fixed(1).data, Number);
  const axes = context.numInputs > 3 ? axesOfPads(context) : [0, 1, 2, 3];
  const edges = [0, 1, 2, 3].map((axis): Pair => {
    const index = axes.indexOf(axis);
    return index === -1 ? [0, 0] : [pads[index] ?? 0, pads[index + axes.length] ?? 0];
  });
  const [batch, channels, rows, columns] = edges as [Pair, Pair, Pair, Pair];
  if ([...batch, ...channels].some((count) => count !== 0))
    return context.refuse("pads the batch or the channels, which no layer does");
  return imageValue(context.call(zeroPadding2d([rows, columns], context.options()), tensor));
}

function axesOfPads(context: OperatorContext): readonly number[] {
  const axes = context.optionalFixed(3);
  return axes === undefined ? [0, 1, 2, 3] : Array.from(axes.data, Number).map((axis) => (axis < 0 ? axis + 4 : axis));
}

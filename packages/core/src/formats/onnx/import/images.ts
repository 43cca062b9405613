/** Images with their channels last, as layers want them. */
import type { SymbolicTensor } from "../../../nn/layers/layer.ts";
import type { OperatorContext } from "./operator-context.ts";
import { onnxShape } from "./values.ts";
import type { FlowValue } from "./values.ts";

/** [batch, channels, height, width] in ONNX lies as [height, width, channels]. */
const CHANNELS_LAST = [2, 3, 1];

/** The sizes of an image, and its tensor. */
export interface Image {
  readonly tensor: SymbolicTensor;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** An operand as image, whose channels come first in ONNX. */
export function imageOf(context: OperatorContext, position: number): Image {
  const value = context.flow(position);
  if (value.axes.length !== CHANNELS_LAST.length) {
    return context.refuse(
      `works on [${["batch", ...onnxShape(value)].join(", ")}]; images [batch, channels, height, width] can be read`,
    );
  }
  const tensor = context.state.arranged(value, CHANNELS_LAST);
  const [height, width, channels] = tensor.shape as [number, number, number];
  return { tensor, height, width, channels };
}

/** An image as the result of a node. */
export function imageValue(tensor: SymbolicTensor): FlowValue {
  return { kind: "flow", tensor, axes: CHANNELS_LAST };
}

/**
 * An operand of three axes as image, wherever its channels lie: with the axes that are `touched` in front and the third one
 * last, unless they lie so already.
 *
 * @param touched the axes in ONNX that an operator works on, two at most.
 */
export function imageAlong(
  context: OperatorContext,
  value: FlowValue,
  touched: readonly number[],
): { readonly tensor: SymbolicTensor; readonly axes: readonly number[] } {
  if (value.axes.length !== 3 || touched.length > 2 || touched.some((axis) => axis < 1 || axis > 3)) {
    return context.refuse(
      `works on the axes [${touched.join(", ")}] of [${["batch", ...onnxShape(value)].join(", ")}]; ` +
        "two axes of an image can be read",
    );
  }
  const isSpatial = (axes: readonly number[]): boolean => !touched.includes(axes[2] as number);
  const channelsFirst = isSpatial(CHANNELS_LAST) ? CHANNELS_LAST : [1, 2, 3];
  const others = touched.includes(3) && touched.includes(1) ? [1, 3, 2] : channelsFirst;
  const axes = isSpatial(value.axes) ? value.axes : others;
  return { tensor: context.state.arranged(value, axes), axes };
}

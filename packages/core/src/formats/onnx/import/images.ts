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

/** Normalization over the samples seen in training, over an image, or over the features. */
import { batchNormalization, groupNormalization, layerNormalization } from "../../../../nn/layers/index.ts";
import { imageOf, imageValue } from "../images.ts";
import type { OperatorContext } from "../operator-context.ts";
import type { Value } from "../values.ts";

/** With the statistics that training left: gamma, beta, mean and variance of each channel. */
export function importBatchNormalization(context: OperatorContext): Value {
  if (context.int("training_mode", 0) !== 0 || context.node.outputs.length > 1) {
    return context.refuse("measures statistics, as in training; export the model for inference");
  }
  const value = context.flow(0);
  const rank = value.axes.length;
  const channelsLast = [...Array.from({ length: rank - 1 }, (_, index) => index + 2), 1];
  const tensor = context.state.arranged(value, channelsLast);
  const layer = batchNormalization({ ...context.weightedOptions(), epsilon: context.float("epsilon", 1e-5) });
  const weights = [1, 2, 3, 4].map((position) => perChannel(context, position, tensor.shape.at(-1) ?? 0));
  return { kind: "flow", tensor: context.call(layer, tensor, weights), axes: channelsLast };
}

/** Over height and width of each channel: as many groups as channels. */
export function importInstanceNormalization(context: OperatorContext): Value {
  const { tensor, channels } = imageOf(context, 0);
  const layer = groupNormalization({
    ...context.weightedOptions(),
    groups: channels,
    epsilon: context.float("epsilon", 1e-5),
  });
  const weights = [1, 2].map((position) => perChannel(context, position, channels));
  return imageValue(context.call(layer, tensor, weights));
}

/** Over the last axis. */
export function importLayerNormalization(context: OperatorContext): Value {
  const value = context.flow(0);
  const rank = value.axes.length;
  const axis = context.int("axis", -1);
  if (axis !== -1 && axis !== rank)
    return context.refuse(`normalizes from axis ${axis} on; over the last axis can be read`);
  const tensor = context.state.arranged(
    value,
    value.axes.toSorted((a, b) => a - b),
  );
  const features = tensor.shape.at(-1) ?? 0;
  const center = context.optionalFixed(2) !== undefined;
  const layer = layerNormalization({ ...context.weightedOptions(), epsilon: context.float("epsilon", 1e-5), center });
  const weights = (center ? [1, 2] : [1]).map((position) => perChannel(context, position, features));
  return { kind: "flow", tensor: context.call(layer, tensor, weights), axes: value.axes.toSorted((a, b) => a - b) };
}

function perChannel(context: OperatorContext, position: number, channels: number): Float32Array {
  const { data } = context.floats(position);
  if (data.length === channels) return data;
  return context.refuse(`has ${data.length} numbers as operand ${position} for ${channels} channels`);
}

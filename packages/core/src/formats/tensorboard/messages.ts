/**
 * The messages of event files, as far as they are written here.
 *
 * Source: tensorboard/compat/proto (event, summary, tensor, tensor_shape) and tensorboard/plugins/hparams/plugin_data.proto
 * of TensorBoard 2.21, https://github.com/tensorflow/tensorboard.
 */
import { bytes, double, float, int64, message, optional, packed, repeated, text } from "../protobuf/message.ts";
import type { Message, PartialMessage } from "../protobuf/message.ts";

const shape = { dim: repeated(2, message({ size: optional(1, int64) })) };

const tensor = {
  dtype: optional(1, int64),
  shape: optional(2, message(shape)),
  floats: packed(5, float),
  doubles: packed(6, double),
  strings: repeated(8, bytes),
};

const metadata = {
  pluginData: optional(1, message({ pluginName: optional(1, text), content: optional(2, bytes) })),
};

const value = {
  tag: optional(1, text),
  tensor: optional(8, message(tensor)),
  metadata: optional(9, message(metadata)),
};

/** One record of an event file. */
export const eventMessage = {
  wallTime: optional(1, double),
  step: optional(2, int64),
  fileVersion: optional(3, text),
  summary: optional(5, message({ value: repeated(1, message(value)) })),
};

const hyperparameter = {
  name: optional(1, text),
  value: optional(2, message({ number: optional(2, double), text: optional(3, text), boolean: optional(4, int64) })),
};

/** What the plugin for hyperparameters keeps of a training. */
export const hyperparametersMessage = {
  sessionStart: optional(
    3,
    message({ hyperparameters: repeated(1, message(hyperparameter)), startTime: optional(5, double) }),
  ),
  sessionEnd: optional(4, message({ status: optional(1, int64), endTime: optional(2, double) })),
};

export type EventMessage = Message<typeof eventMessage>;
export type Summary = PartialMessage<typeof value>;
export type WrittenHyperparameters = PartialMessage<typeof hyperparametersMessage>;

/** tensorflow.DataType */
export const dataTypes = { float32: 1, float64: 2, string: 7 } as const;

/** tensorboard.hparams.Status */
export const SUCCESS = 1;

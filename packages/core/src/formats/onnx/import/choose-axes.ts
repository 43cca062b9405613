/** Which order the axes of a model's inputs get. */
import type { ImportState } from "./import-state.ts";

/** Operators that take their operand for an image, or a row of samples in time, with its channels first. */
const CHANNELS_FIRST: ReadonlySet<string> = new Set(
  [
    ["Conv", "ConvTranspose", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool"],
    ["BatchNormalization", "InstanceNormalization"],
  ].flat(),
);

/**
 * The order of an input's axes: channels last where ONNX has them first, which the first operator that cares tells; ONNX's
 * own order where none does.
 *
 * @param rank the number of axes without the batch.
 */
export function axesOfInput(name: string, rank: number, state: ImportState): readonly number[] {
  const inOrder = Array.from({ length: rank }, (_, index) => index + 1);
  if (rank < 2) return inOrder;
  const seen = new Set<string>();
  const pending = [name];
  while (pending.length > 0) {
    const value = pending.shift() as string;
    if (seen.has(value)) continue;
    seen.add(value);
    for (const { opType, outputs } of state.usersOf(value)) {
      if (CHANNELS_FIRST.has(opType)) return [...inOrder.slice(1), 1];
      if (KEEPS_AXES.has(opType)) pending.push(...outputs);
    }
  }
  return inOrder;
}

/** Operators behind which the axes are the same. */
const KEEPS_AXES: ReadonlySet<string> = new Set(
  [
    ["Add", "Sub", "Mul", "Div", "Max", "Min", "Clip", "Relu", "LeakyRelu", "Sigmoid", "Tanh", "Identity", "Dropout"],
    ["Pad", "Resize", "Upsample", "Concat", "PRelu"],
  ].flat(),
);

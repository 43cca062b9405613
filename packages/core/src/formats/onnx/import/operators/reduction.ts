/** Means and maxima over whole images, or over rows of samples in time: global pooling. */
import {
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalMaxPooling1d,
  globalMaxPooling2d,
} from "../../../../nn/layers/index.ts";
import type { OperatorContext, OperatorImport } from "../operator-context.ts";
import { inOrder } from "../values.ts";
import { axesOf } from "./shape.ts";

/** By the number of axes that are pooled, less one. */
const POOLINGS = {
  ReduceMean: [globalAveragePooling1d, globalAveragePooling2d],
  ReduceMax: [globalMaxPooling1d, globalMaxPooling2d],
} as const;

/** A reduction over all axes but that of the channels, wherever those lie. */
export function importReduction(opType: keyof typeof POOLINGS): OperatorImport {
  return (context: OperatorContext) => {
    const value = context.flow(0);
    const rank = value.axes.length;
    const axes = axesOf(context, rank + 1) ?? [];
    const keepDims = context.int("keepdims", 1) === 1;
    const [channels, ...others] = value.axes.toSorted((a, b) => a - b).filter((axis) => !axes.includes(axis));
    const pooling = POOLINGS[opType][rank - 2];
    if (pooling === undefined || channels === undefined || others.length > 0 || axes.includes(0)) {
      return context.refuse(
        `reduces the axes [${axes.join(", ")}] of ${rank + 1}; all but the batch and the channels can be read`,
      );
    }
    const order = [...value.axes.filter((axis) => axis !== channels), channels];
    const tensor = context.call(pooling({ ...context.options(), keepDims }), context.state.arranged(value, order));
    return keepDims ? { kind: "flow", tensor, axes: order } : inOrder(tensor);
  };
}

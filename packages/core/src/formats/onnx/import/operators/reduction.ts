/** Means and maxima over whole images: global pooling. */
import { globalAveragePooling2d, globalMaxPooling2d } from "../../../../nn/layers/index.ts";
import { imageValue } from "../images.ts";
import type { OperatorContext, OperatorImport } from "../operator-context.ts";
import { inOrder } from "../values.ts";
import { axesOf } from "./shape.ts";

const POOLINGS = { ReduceMean: globalAveragePooling2d, ReduceMax: globalMaxPooling2d };

/** A reduction over the two axes of an image that are not its channels, wherever those lie. */
export function importReduction(opType: keyof typeof POOLINGS): OperatorImport {
  return (context: OperatorContext) => {
    const value = context.flow(0);
    const rank = value.axes.length;
    const axes = axesOf(context, rank + 1) ?? [];
    const keepDims = context.int("keepdims", 1) === 1;
    const [channels, ...others] = value.axes.toSorted((a, b) => a - b).filter((axis) => !axes.includes(axis));
    if (rank !== 3 || axes.length !== 2 || channels === undefined || others.length > 0 || axes.includes(0)) {
      return context.refuse(
        `reduces the axes [${axes.join(", ")}] of ${rank + 1}; height and width of images can be read`,
      );
    }
    const order = [...value.axes.filter((axis) => axis !== channels), channels];
    const layer = POOLINGS[opType]({ ...context.options(), keepDims });
    const tensor = context.call(layer, context.state.arranged(value, order));
    if (!keepDims) return inOrder(tensor);
    return { ...imageValue(tensor), axes: order };
  };
}

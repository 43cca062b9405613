/** Keras's axes count the batch, which is axis 0; shapes here are those of one sample. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { reshape } from "../../ops/shape.ts";
import type { ConfigReader } from "../config-reader.ts";

/**
 * The axis of the sample that Keras calls `axis`: 1 is the sample's first, −1 its last.
 *
 * @throws GraphError when there is no such axis, or it is the batch.
 */
export function sampleAxis(axis: number, shape: Shape): number {
  const resolved = axis < 0 ? axis + shape.length : axis - 1;
  if (shape[resolved] !== undefined) return resolved;
  throw new GraphError(
    `axis ${axis} is none of a sample of shape ${formatShape(shape)}; as in Keras, axis 0 is the batch, ` +
      `the sample's axes count from 1 to ${shape.length}, or from -1 backwards`,
  );
}

/**
 * The axes of the sample that Keras calls `axes`, in the same order.
 *
 * @throws GraphError when one of them does not exist or is the batch, or two are the same.
 */
export function sampleAxes(axes: number | readonly number[], shape: Shape): readonly number[] {
  const resolved = [axes].flat().map((axis) => sampleAxis(axis, shape));
  if (new Set(resolved).size === resolved.length) return resolved;
  throw new GraphError(`the axes ${JSON.stringify(axes)} name one axis of ${formatShape(shape)} twice`);
}

/** All axes of the sample but one. */
export function otherAxes(axis: number, shape: Shape): readonly number[] {
  return shape.map((_, other) => other).filter((other) => other !== axis);
}

/** Reshapes what has one element for each place along `axes` so that it broadcasts to `shape`. */
export function alongAxes(x: Node, axes: readonly number[], shape: Shape): Node {
  const first = Math.min(...axes);
  return reshape(x, shape.map((size, axis) => (axes.includes(axis) ? size : 1)).slice(first));
}

/** One axis or a list of them, as Keras wrote it into a model file. */
export function readAxes(config: ConfigReader, key: string, fallback: number): number | readonly number[] {
  return config.isList(key) ? config.numbers(key) : (config.optionalNumber(key) ?? fallback);
}

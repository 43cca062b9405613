/** Where layers that drop numbers drop several at once. */
import { GraphError } from "../../graph/error.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { ConfigReader } from "../config-reader.ts";

/**
 * Keras's shape of what is drawn, the batch in front: null where the size is the input's, and 1 where all elements along an
 * axis share one draw. Each sample draws by itself, so the batch's size is null.
 */
export type NoiseShape = readonly (number | null)[];

/** @throws RangeError when the shape could fit no input. */
export function checkNoiseShape(className: string, noiseShape: NoiseShape | undefined): NoiseShape | undefined {
  if (noiseShape === undefined) return undefined;
  const [batch, ...sizes] = noiseShape;
  const areSizes = sizes.every((size) => size === null || (Number.isInteger(size) && size > 0));
  if (batch === null && areSizes) return [...noiseShape];
  throw new RangeError(
    `noiseShape of ${className} must be null for the batch, of which each sample draws by itself, and then whole numbers ` +
      `from 1 on or null for the size of the input: [null, 1, 8]; ${JSON.stringify(noiseShape)} came`,
  );
}

/**
 * The shape of what one sample of the given shape draws.
 *
 * @throws GraphError when it does not broadcast to the sample's.
 */
export function drawnShape(noiseShape: NoiseShape | undefined, shape: Shape): Shape {
  if (noiseShape === undefined) return shape;
  const sizes = noiseShape.slice(1);
  const fits = sizes.length === shape.length && sizes.every((size, axis) => [null, 1, shape[axis]].includes(size));
  if (fits) return sizes.map((size, axis) => size ?? (shape[axis] as number));
  throw new GraphError(
    `its noiseShape ${JSON.stringify(noiseShape)} needs a size for the batch and each axis of ${formatShape(shape)}: ` +
      "that of the input, 1 or null",
  );
}

/** The shape that Keras wrote into a model file; the layer checks what it holds. */
export function readNoiseShape(config: ConfigReader): NoiseShape | undefined {
  const value = config.value("noise_shape");
  return value === null ? undefined : ([value].flat() as NoiseShape);
}

/** Samples of an exhibit, one by one, and as pictures. */
import type { Samples } from "@sandglass/core";
import { imageLayout, toPixels, type Pixels } from "../images/index.ts";
import { sizeOf } from "./key-figures.ts";

/**
 * The values of each sample, as views.
 *
 * @throws RangeError when the values are no whole number of samples.
 */
export function splitSamples({ shape, values }: Pick<Samples, "shape" | "values">): Float32Array[] {
  const size = sizeOf(shape);
  const count = values.length / size;
  if (size === 0 || !Number.isInteger(count)) {
    throw new RangeError(
      `an exhibit has ${values.length} values for samples of shape [${shape.join(", ")}]; ` +
        `expected a multiple of ${size}`,
    );
  }
  return Array.from({ length: count }, (_, index) => values.subarray(index * size, (index + 1) * size));
}

/** Each sample as a picture, or undefined when they are no images. */
export function drawPictures(samples: Samples): Pixels[] | undefined {
  const layout = imageLayout(samples.shape);
  if (layout === undefined) return undefined;
  const [black, white] = samples.range ?? [0, 1];
  // A range without width (weights that are all the same) draws everything black.
  const scale = white === black ? 0 : 1 / (white - black);
  return splitSamples(samples).map((values) =>
    toPixels(
      values.map((value) => (value - black) * scale),
      layout,
    ),
  );
}

/**
 * @throws RangeError when an exhibit has not one caption (label, name) for each thing.
 */
export function requireOneEach(what: string, given: number, things: string, expected: number): void {
  if (given !== expected) {
    throw new RangeError(`an exhibit has ${given} ${what} for ${expected} ${things}; expected one for each`);
  }
}

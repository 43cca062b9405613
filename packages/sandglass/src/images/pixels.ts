/** From samples as models see them to pixels. */
import { UserError } from "../errors.ts";

/** A picture of bytes, rows of pixels of channels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1 is grey, 3 is red, green and blue, 4 has opacity beside. */
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/** How samples of a shape are drawn, or undefined when they are no images. */
export function imageLayout(shape: readonly number[]): Omit<Pixels, "data"> | undefined {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height === undefined || width === undefined) return undefined;
  return channels === 1 || channels === 3 || channels === 4 ? { width, height, channels } : undefined;
}

/**
 * The same, for whoever needs images.
 *
 * @throws UserError when the samples are none.
 */
export function requireImages(shape: readonly number[]): Omit<Pixels, "data"> {
  const layout = imageLayout(shape);
  if (layout !== undefined) return layout;
  throw new UserError(
    `samples of shape [${shape.join(", ")}] cannot be drawn; ` +
      "expected images [height, width, channels] of 1 (grey), 3 (colors) or 4 channels (colors and opacity)",
  );
}

/** Values from 0 to 1 as a picture; what lies outside is cut off. */
export function toPixels(values: Float32Array, layout: Omit<Pixels, "data">): Pixels {
  return { ...layout, data: Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value)))) };
}

/** A sample of a data set as values from 0 to 1. */
export function scaled(values: Uint8Array | Float32Array, scale: number): Float32Array {
  return Float32Array.from(values, (value) => value * scale);
}

/** Values from 0 to 1 of red, green, blue and opacity as red, green and blue over white: three values for four. */
export function onWhite(values: Float32Array): Float32Array {
  const colors = new Float32Array((values.length / 4) * 3);
  for (let index = 0; index < colors.length; index++) {
    const pixel = 4 * Math.floor(index / 3);
    const opacity = values[pixel + 3] as number;
    colors[index] = (values[pixel + (index % 3)] as number) * opacity + 1 - opacity;
  }
  return colors;
}

/** What the sizes of an array say of its samples. */
import { UserError } from "../../errors.ts";

export interface SampleLayout {
  readonly count: number;
  /** Shape of one sample: `[height, width, channels]` of images, `[features]` of rows of a table. */
  readonly shape: readonly number[];
  /** Channels come before height and width in the array. */
  readonly isChannelFirst: boolean;
}

/** Numbers of channels that pictures have: grey, with alpha, colour, colour with alpha. */
const CHANNELS: ReadonlySet<number> = new Set([1, 2, 3, 4]);

/**
 * The samples of an array: `[n, features]`, `[n, h, w]` (grey images), `[n, h, w, c]`, or `[n, c, h, w]` where c is a number of channels and w
 * is none.
 *
 * @param what names the array in errors.
 * @throws UserError for any other shape, and for what looks like a single picture.
 */
export function sampleLayout(what: string, sizes: readonly number[]): SampleLayout {
  const [count = 0, ...shape] = sizes;
  const [first = 0, second = 0, third = 0] = shape;
  if (shape.length === 1) return { count, shape, isChannelFirst: false };
  if (shape.length === 2) {
    if (isPicture(count, first, second)) {
      throw new UserError(
        `${what} has the shape [${sizes.join(", ")}], which looks like one picture in colour; images are [count, height, width] or ` +
          "[count, height, width, channels]. Save several as numpy.stack(pictures), or one as picture[None]",
      );
    }
    return { count, shape: [...shape, 1], isChannelFirst: false };
  }
  if (shape.length === 3) {
    const isChannelFirst = CHANNELS.has(first) && !CHANNELS.has(third);
    return { count, shape: isChannelFirst ? [second, third, first] : shape, isChannelFirst };
  }
  const labels = sizes.length === 1 ? " (this looks like an array of labels)" : "";
  throw new UserError(
    `${what} has the shape [${sizes.join(", ")}]; samples are [count, features], [count, height, width] or ` +
      `[count, height, width, channels]${labels}`,
  );
}

/** As many grey images of three or four columns there are hardly ever. */
function isPicture(height: number, width: number, channels: number): boolean {
  const smallest = 8;
  return height >= smallest && width >= smallest && (channels === 3 || channels === 4);
}

/** From `[n, c, h, w]` to `[n, h, w, c]`: element (y, x, k) of an image was at (k, y, x). */
export function toChannelsLast<T extends Uint8Array | Float32Array>(values: T, shape: readonly number[], into: T): T {
  const [height = 0, width = 0, channels = 0] = shape;
  const pixels = height * width;
  const size = pixels * channels;
  for (let image = 0; image < values.length; image += size) {
    for (let channel = 0; channel < channels; channel++) {
      const plane = image + channel * pixels;
      for (let pixel = 0; pixel < pixels; pixel++) {
        into[image + pixel * channels + channel] = values[plane + pixel] as number;
      }
    }
  }
  return into;
}

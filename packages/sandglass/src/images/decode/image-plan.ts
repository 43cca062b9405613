/** What every image of a data set is made into. */

/**
 * How an image of another shape is brought to the plan's: `cover` fills it and cuts off what is left over, centered; `contain` keeps the
 * whole image and fills up with the background; `stretch` changes the aspect ratio.
 */
export type ImageFit = "cover" | "contain" | "stretch";

/** Random crops at full resolution, instead of whole images; a crop has the plan's height and width. */
export interface PatchPlan {
  /** Crops of each image, one after the other: sample n is crop `n % perImage` of image `floor(n / perImage)`. */
  readonly perImage: number;
  /** With the number of the sample it says where a crop lies. */
  readonly seed: number;
}

/** What decoding makes of an image: `height` × `width` pixels of `channels` values, in this order (Keras's `channels_last`). */
export interface ImagePlan {
  readonly height: number;
  readonly width: number;
  /** 1 is grey; 3 is red, green and blue; 4 has opacity beside. */
  readonly channels: 1 | 3 | 4;
  readonly fit: ImageFit;
  /** Bits of a value. 16 are for grey images only; their values are floats from 0 to 65,535. */
  readonly depth: 8 | 16;
  /** What lies under transparent pixels and beside images that are contained; with 4 channels, nothing does. Default: white. */
  readonly background?: ImageBackground;
  readonly patches?: PatchPlan;
}

export type ImageBackground = "white" | "black";

/** The values of a decoded image: bytes, or floats from 0 to 65,535 where the plan's depth is 16. */
export type ImageValues = Uint8Array | Float32Array;

/** The shape of a sample: `[height, width, channels]`. */
export function planShape({ height, width, channels }: ImagePlan): [number, number, number] {
  return [height, width, channels];
}

/** Values of one sample. */
export function planSize({ height, width, channels }: ImagePlan): number {
  return height * width * channels;
}

/** Bytes of one sample in memory. */
export function planBytes(plan: ImagePlan): number {
  return planSize(plan) * (plan.depth === 16 ? Float32Array.BYTES_PER_ELEMENT : Uint8Array.BYTES_PER_ELEMENT);
}

/** What values are multiplied by to lie between 0 and 1. */
export function planScale({ depth }: ImagePlan): number {
  return 1 / (2 ** depth - 1);
}

/** Room for `count` samples. */
export function planRoom(plan: ImagePlan, count: number): ImageValues {
  const length = planSize(plan) * count;
  return plan.depth === 16 ? new Float32Array(length) : new Uint8Array(length);
}

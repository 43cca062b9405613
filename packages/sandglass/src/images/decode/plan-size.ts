/** The size that images are brought to, or that patches of them have. */
import { UserError } from "../../errors.ts";
import type { ImageFit, PatchPlan } from "./image-plan.ts";
import type { ReadableProbe } from "./image-probe.ts";
import { parseSize, type ImageSize } from "./parse-size.ts";
import type { ImageChoices, PatchChoices } from "./plan-images.ts";

export interface ChosenSize extends ImageSize {
  readonly patches?: PatchPlan;
  readonly notes: readonly string[];
}

/** Images of one size are kept at it up to this, which a model still trains on in minutes. */
const LARGEST_KEPT = 128;
const DEFAULT: ImageSize = { height: 64, width: 64 };

const fitWords = {
  cover:
    "each is made to fill that, and what is left over is cut off; --fit contain keeps whole images, --fit stretch changes their aspect ratio",
  contain: "each is made to fit into that, and the rest is filled with the background",
  stretch: "each is stretched to that, whatever its aspect ratio",
} as const satisfies Record<ImageFit, string>;

/** @throws UserError when a size or number cannot be. */
export function chooseSize(readable: readonly ReadableProbe[], choices: ImageChoices): ChosenSize {
  if (choices.patches !== undefined) return choosePatches(readable, choices.patches, choices);
  const size = choices.size === undefined ? sizeOf(readable) : { ...parseSize(choices.size), notes: [] };
  return { ...size, notes: [...size.notes, ...noteShapes(readable, size, choices.fit ?? "cover")] };
}

function sizeOf(readable: readonly ReadableProbe[]): ImageSize & { readonly notes: readonly string[] } {
  const { height, width } = (readable[0] as ReadableProbe).header;
  const isOne = readable.every(({ header }) => header.height === height && header.width === width);
  if (isOne && Math.max(height, width) <= LARGEST_KEPT) return { height, width, notes: [] };
  return {
    ...DEFAULT,
    notes: [
      `${describeSizes(readable)}; they are brought to 64 × 64, and --size chooses another (96, or height and width: 64x96)`,
    ],
  };
}

function describeSizes(readable: readonly ReadableProbe[]): string {
  const spread = (side: "width" | "height"): string => {
    const sizes = readable.map(({ header }) => header[side]);
    const [least, most] = [sizes.reduce((a, b) => Math.min(a, b)), sizes.reduce((a, b) => Math.max(a, b))];
    return least === most ? `${least}` : `${least} to ${most}`;
  };
  return `the images are ${spread("width")} pixels wide and ${spread("height")} high`;
}

function noteShapes(readable: readonly ReadableProbe[], { height, width }: ImageSize, fit: ImageFit): string[] {
  const notes: string[] = [];
  // A difference of a pixel is rounding, and nobody sees it.
  const reshaped = readable.filter(
    ({ header }) =>
      Math.abs(header.width * height - header.height * width) > Math.max(header.width, header.height, height, width),
  );
  if (reshaped.length > 0) {
    notes.push(
      `${reshaped.length} of ${readable.length} images looked at have another aspect ratio than ${width} × ${height}: ${fitWords[fit]}`,
    );
  }
  const smaller = readable.filter(({ header }) => header.width < width && header.height < height).length;
  if (smaller > 0)
    notes.push(
      `${smaller} of ${readable.length} images looked at are smaller than ${width} × ${height} and are enlarged`,
    );
  return notes;
}

function choosePatches(
  readable: readonly ReadableProbe[],
  { size, perImage, seed = 0 }: PatchChoices,
  { size: other, fit }: Pick<ImageChoices, "size" | "fit">,
): ChosenSize {
  if (other !== undefined) {
    throw new UserError(
      `either whole images of size ${other} can be read or patches of size ${size}; choose one of them`,
      { exitCode: 2 },
    );
  }
  if (!Number.isInteger(perImage) || perImage < 1) {
    throw new UserError(`the number of patches of each image must be a whole number of 1 or more; ${perImage} came`, {
      exitCode: 2,
    });
  }
  if (fit !== undefined) {
    throw new UserError(
      `--fit ${fit} says how whole images are brought to a size, and patches are cut out as they are; leave one of them out`,
      { exitCode: 2 },
    );
  }
  const { height, width } = parseSize(size);
  const small = readable.filter(({ header }) => header.height < height || header.width < width).length;
  if (small === readable.length) {
    throw new UserError(
      `no image is as large as a patch of ${width} × ${height}: ${describeSizes(readable)}; choose smaller patches`,
    );
  }
  const notes = [
    `${perImage} random ${perImage === 1 ? "patch" : "patches"} of ${width} × ${height} of each image, at full resolution`,
  ];
  if (small > 0)
    notes.push(`${small} of ${readable.length} images looked at are smaller than a patch and count as unreadable`);
  return { height, width, patches: { perImage, seed }, notes };
}

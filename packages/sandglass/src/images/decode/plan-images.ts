/** Decides what the user left open about how images are read, and says so. */
import { UserError } from "../../errors.ts";
import type { ImageBackground, ImageFit, ImagePlan } from "./image-plan.ts";
import { isReadable, type ImageHeader, type ImageProbe, type ReadableProbe } from "./image-probe.ts";
import { chooseColor } from "./plan-color.ts";
import { chooseSize } from "./plan-size.ts";

/** `auto` is grey if all images are, and color otherwise; `rgba` keeps opacity as a fourth channel. */
export type ImageColor = "auto" | "grey" | "color" | "rgba";

/** What a user may choose; the rest is decided by the images. */
export interface ImageChoices {
  /** `64`, or height and width as in `64x96`. Default: the size of the images if all have the same and it is small, else 64. */
  readonly size?: string | undefined;
  /** Default: cover. */
  readonly fit?: ImageFit | undefined;
  /** Default: auto. */
  readonly color?: ImageColor | undefined;
  /** What transparent pixels and contained images lie on. Default: white. */
  readonly background?: ImageBackground | undefined;
  /** Random crops instead of whole images. */
  readonly patches?: PatchChoices | undefined;
}

export interface PatchChoices {
  /** As the size of images. */
  readonly size: string;
  /** Crops of each image. */
  readonly perImage: number;
  /** Default: 0. */
  readonly seed?: number | undefined;
}

export interface PlannedImages {
  readonly plan: ImagePlan;
  /** What was decided and why, and what is odd about the images: whole sentences without a full stop. */
  readonly notes: readonly string[];
}

/**
 * Decides how images are read, by their headers; only whether images that are saved as color are grey is looked up in a sample of them.
 *
 * @throws UserError when no image is readable, or a choice makes no sense.
 * @example
 * const { plan, notes } = await planImages(await probeImages(entries), { size: "64x96", color: "grey" });
 */
export async function planImages(
  probes: readonly ImageProbe[],
  choices: ImageChoices = {},
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<PlannedImages> {
  const readable = probes.filter(isReadable);
  if (readable.length === 0) throw nothingReadable(probes);
  const { fit = "cover", background } = choices;
  const size = chooseSize(readable, choices);
  const color = await chooseColor(readable, choices.color ?? "auto", signal);
  const isDeep = color.channels === 1 && readable.every(({ header }) => isDeepGrey(header));
  const plan: ImagePlan = {
    height: size.height,
    width: size.width,
    channels: color.channels,
    fit,
    depth: isDeep ? 16 : 8,
    ...(background && { background }),
    ...(size.patches && { patches: size.patches }),
  };
  return { plan, notes: [...size.notes, ...color.notes, ...noteDepth(readable, isDeep), ...notePages(readable)] };
}

function isDeepGrey({ channels, depth }: ImageHeader): boolean {
  return channels === 1 && depth === 16;
}

function noteDepth(readable: readonly ReadableProbe[], isDeep: boolean): string[] {
  if (isDeep) return ["all images are grey and have 16 bits a pixel, which are kept"];
  const deep = readable.filter(({ header }) => header.depth === 16).length;
  if (deep === 0) return [];
  return [
    `${deep} of ${readable.length} images looked at have 16 bits a value, of which the upper 8 are used: 16 are kept where all images are grey and have them`,
  ];
}

function notePages(readable: readonly ReadableProbe[]): string[] {
  const animated = readable.filter(({ header }) => header.pages > 1).length;
  if (animated === 0) return [];
  return [
    `${animated} of ${readable.length} images looked at have several frames or pages, of which the first is used`,
  ];
}

function nothingReadable(probes: readonly ImageProbe[]): UserError {
  const first = probes[0];
  if (first === undefined || isReadable(first)) return new UserError("there are no images; at least one is needed");
  return new UserError(
    `none of ${probes.length} images can be read; the first is ${first.entry.name}: ${first.reason}`,
  );
}

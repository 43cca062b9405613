/** The steps of sharp that turn a file's pixels into those of a plan. */
import sharp, { type Sharp, type SharpOptions } from "sharp";
import type { ImageFit, ImagePlan } from "./image-plan.ts";
import type { ImageInput } from "./image-input.ts";

/** sharp's words for the ways to fit. */
const fits = { cover: "cover", contain: "contain", stretch: "fill" } as const satisfies Record<ImageFit, string>;

/**
 * Opens an image upright. Data that end early or are invalid are errors, instead of pixels in grey; what libraries only warn about (stray
 * bytes between segments, odd color profiles) is not, because every pixel is there.
 */
export function openUpright(input: ImageInput, maxPixels: number): Sharp {
  const options: SharpOptions = { autoOrient: true, failOn: "error", limitInputPixels: maxPixels };
  return sharp(input, options);
}

/** Brings a whole image to the plan's size. JPEGs are decoded at the smallest scale that suffices, SVGs are drawn at the size. */
export function resizeToPlan(image: Sharp, { height, width, fit, channels, background = "white" }: ImagePlan): Sharp {
  return image.resize({
    width,
    height,
    fit: fits[fit],
    background: channels === 4 ? { r: 0, g: 0, b: 0, alpha: 0 } : background,
  });
}

/** Brings pixels to the plan's channels and depth, as raw values. CMYK and other spaces become sRGB on the way. */
export function toPlanValues(image: Sharp, { channels, depth, background = "white" }: ImagePlan): Sharp {
  if (channels === 4) return image.ensureAlpha().toColourspace("srgb").raw();
  const opaque = image.flatten({ background });
  if (channels === 3) return opaque.toColourspace("srgb").raw();
  return depth === 16
    ? opaque.toColourspace("grey16").raw({ depth: "ushort" })
    : opaque.toColourspace("b-w").raw({ depth: "uchar" });
}

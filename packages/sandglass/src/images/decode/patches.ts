/** Random crops of an image at full resolution. */
import { tooManyPixels } from "./explain-failure.ts";
import { readHeader } from "./image-header.ts";
import type { ImageInput } from "./image-input.ts";
import { openUpright, toPlanValues } from "./image-pipeline.ts";
import { planRoom, planSize, type ImagePlan, type ImageValues } from "./image-plan.ts";
import { rawValues } from "./raw-values.ts";

/** Where a patch lies in whatever image it is cut from: shares, from 0 to below 1, of the way that it could move down and right. */
export interface PatchPlace {
  readonly down: number;
  readonly right: number;
}

/** The upper left corner of a patch. */
interface Corner {
  readonly top: number;
  readonly left: number;
}

/** Larger images are not decoded as a whole, because several are at a time. */
const WHOLE_PIXELS = 16_000_000;

/**
 * Cuts patches from an image.
 *
 * @returns their values, or the reason why the image has none.
 * @throws what sharp throws; for a truncated image even if what is there would do for these patches, because an image is either readable or not.
 */
export async function decodePatches(
  input: ImageInput,
  plan: ImagePlan,
  places: readonly PatchPlace[],
  maxPixels: number,
): Promise<{ readonly values: readonly ImageValues[] } | { readonly reason: string }> {
  const header = await readHeader(input);
  if (typeof header === "string") return { reason: header };
  const { width, height } = header;
  if (width * height > maxPixels) return { reason: tooManyPixels(width, height, maxPixels) };
  if (width < plan.width || height < plan.height) {
    return { reason: `it has ${width} × ${height} pixels, fewer than a patch of ${plan.width} × ${plan.height}` };
  }
  const corners = places.map(({ down, right }) => ({
    top: Math.floor(down * (height - plan.height + 1)),
    left: Math.floor(right * (width - plan.width + 1)),
  }));
  if (width * height <= WHOLE_PIXELS) {
    const pixels = await toPlanValues(openUpright(input, maxPixels), plan).toBuffer();
    const values = rawValues(pixels, plan, width * height * plan.channels);
    return { values: corners.map((corner) => cut(values, width, corner, plan)) };
  }
  await readToTheEnd(input, maxPixels);
  const values: ImageValues[] = [];
  for (const corner of corners) {
    const patch = openUpright(input, maxPixels).extract({ ...corner, width: plan.width, height: plan.height });
    values.push(rawValues(await toPlanValues(patch, plan).toBuffer(), plan, planSize(plan)));
  }
  return { values };
}

/** Copies a patch out of the values of a whole image. */
function cut(values: ImageValues, imageWidth: number, { top, left }: Corner, plan: ImagePlan): ImageValues {
  const patch = planRoom(plan, 1);
  const line = plan.width * plan.channels;
  for (let row = 0; row < plan.height; row++) {
    const from = ((top + row) * imageWidth + left) * plan.channels;
    patch.set(values.subarray(from, from + line), row * line);
  }
  return patch;
}

/** Fails where decoding the whole image would; JPEGs take the fast way of a small picture. */
async function readToTheEnd(input: ImageInput, maxPixels: number): Promise<void> {
  await openUpright(input, maxPixels).resize(8, 8, { fit: "fill" }).raw().toBuffer();
}

/** The part of a sample that shows its image: one that is contained has a margin, which says nothing of it. */
import type { ImageHeader, ImagePlan } from "../../images/decode/index.ts";

/** Rows and columns of pixels; the ends are not part of it. */
export interface ContentArea {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Where an image of a size lies in a sample of a plan. */
export function contentArea(
  { width, height }: Pick<ImageHeader, "width" | "height">,
  { width: across, height: down, fit, patches }: Pick<ImagePlan, "width" | "height" | "fit" | "patches">,
): ContentArea {
  if (fit !== "contain" || patches !== undefined) return { top: 0, bottom: down, left: 0, right: across };
  const scale = Math.min(across / width, down / height);
  const [top, bottom] = middle(height * scale, down);
  const [left, right] = middle(width * scale, across);
  return { top, bottom, left, right };
}

/** Whole pixels inside of a length in the middle of another one: margins begin at fractions of a pixel. */
function middle(length: number, of: number): readonly [from: number, to: number] {
  const margin = (of - length) / 2;
  if (margin < 0.5) return [0, of];
  const from = Math.min(Math.ceil(margin), Math.floor(of / 2));
  return [from, Math.max(from + 1, Math.floor(of - margin))];
}

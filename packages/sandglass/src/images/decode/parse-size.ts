/** Sizes of images, as users write them. */
import { UserError } from "../../errors.ts";

export interface ImageSize {
  readonly height: number;
  readonly width: number;
}

/** Larger samples than this are no use to any model here. */
const LARGEST = 4096;

/**
 * Reads `64` (a square) or `64x96` (height, then width, as shapes have them).
 *
 * @throws UserError when it is neither.
 */
export function parseSize(text: string): ImageSize {
  const [, height = "", width = height] = /^(\d{1,5})(?:[x×](\d{1,5}))?$/i.exec(text.trim()) ?? [];
  const size = { height: Number(height), width: Number(width) };
  if ([size.height, size.width].every((side) => side >= 1 && side <= LARGEST)) return size;
  throw new UserError(
    `the size of images must be one number of pixels ("64") or height and width ("64x96"), each from 1 to ${LARGEST}; "${text}" came`,
    { exitCode: 2 },
  );
}

/** Labels from the classes of images. */
import type { Labels } from "@sandglass/core";
import { UserError } from "../../errors.ts";
import type { ImageEntry } from "../find/index.ts";

export interface ImageLabels {
  readonly labels?: Labels;
  readonly classNames?: readonly string[];
}

/** Classes that a label of 8 bits, and one of 16 bits, can tell apart. */
const [BYTE, MOST] = [2 ** 8, 2 ** 16];

/**
 * A label for each sample, where every image has a class.
 *
 * @param perImage samples of each image.
 * @param classNames the classes that labels count in; without them, those of these images, sorted.
 * @throws UserError when there are too many classes, or an image is of none of those that were given.
 */
export function imageLabels(
  entries: readonly ImageEntry[],
  perImage: number,
  classNames?: readonly string[],
): ImageLabels {
  const present = new Set(entries.map(({ className }) => className));
  if (present.size === 0 || present.has(undefined)) return {};
  const names = classNames ?? [...present].filter((name) => name !== undefined).toSorted();
  if (names.length > MOST) {
    throw new UserError(
      `there are ${names.length} classes, and ${MOST} can be told apart; group them into fewer folders`,
    );
  }
  const numbers = new Map(names.map((name, number) => [name, number]));
  const room = entries.length * perImage;
  const labels = names.length <= BYTE ? new Uint8Array(room) : new Uint16Array(room);
  for (const [image, { name, className = "" }] of entries.entries()) {
    const number = numbers.get(className);
    if (number === undefined) {
      throw new UserError(`${name} is of the class ${className}, which is none of: ${names.join(", ")}`);
    }
    labels.fill(number, image * perImage, (image + 1) * perImage);
  }
  return { labels, classNames: names };
}

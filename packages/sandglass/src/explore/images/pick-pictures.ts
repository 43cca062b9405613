/** Which pictures are looked at where there are too many: of every class as large a share, and some of the rarest. */
import { RandomStream } from "@sandglass/core";
import type { Picture, PictureSet } from "./picture-set.ts";

/** More than that make figures hardly more exact, and take their time. */
const MOST_PICTURES = 4000;
/** What so many take in memory, as bytes. */
const MOST_VALUES = 2 ** 27;
/** So many of a class are to be seen, if there are so many. */
export const SEEN_OF_CLASS = 12;
/** More classes than that are named and not shown. */
export const SHOWN_CLASSES = 12;

/**
 * The numbers of the pictures to be looked at, ascending; the same for the same seed.
 *
 * @param most about how many: the rarest classes may add as many again. As memory and time allow unless given.
 */
export function pickPictures(
  { pictures, shape }: Pick<PictureSet, "pictures" | "shape">,
  seed: number,
  most = mostOf(shape),
): Uint32Array {
  if (pictures.length <= most) return Uint32Array.from(pictures.keys());
  const kinds = [...Map.groupBy(pictures.keys(), (number) => kindOf(pictures[number] as Picture)).values()];
  const share = most / pictures.length;
  const least = Math.min(SEEN_OF_CLASS, Math.floor(most / kinds.length));
  const picked = kinds.flatMap((members, kind) => {
    const order = Uint32Array.from(members);
    new RandomStream(seed, kind).shuffle(order);
    return [...order.subarray(0, Math.max(least, Math.round(share * members.length)))];
  });
  return Uint32Array.from(picked).toSorted();
}

function mostOf(shape: readonly number[]): number {
  const size = shape.reduce((product, dim) => product * dim, 1);
  return Math.max(1, Math.min(MOST_PICTURES, Math.floor(MOST_VALUES / size)));
}

function kindOf({ split, className }: Picture): string {
  return `${split}/${className}`;
}

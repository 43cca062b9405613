/**
 * Hashes that are alike for images that look alike. The lowest frequencies of an image survive scaling, compression and changes of
 * brightness, so 64 of them, each larger or smaller than their median, make 64 bits that hardly change with the file.
 * Source: C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010), section 3.1.1 (the DCT hash).
 */
import { DatasetError } from "../dataset.ts";

/** Height and width of what is hashed: an image in grey, shrunk without regard to its proportions. */
export const THUMBNAIL_SIDE = 32;

/** The 64 bits as two unsigned words of 32, which is plain data. */
export type PerceptualHash = readonly [number, number];

/**
 * Grey values must have at least this standard deviation (of 255). Below it rounding to bytes decides over the bits, and images of
 * one color would all be alike.
 */
const LEAST_DEVIATION = 2;
/**
 * And this mean deviation, as a share of the standard deviation. It is 2 √(p (1 − p)) where a share p of the pixels differs from the
 * others: a small spot on an empty page (3 % of it) could be moved onto any other spot. Photographs have 0.4 to 0.9.
 */
const LEAST_MEAN_DEVIATION = 0.35;
/** The frequencies from 1 to this one, down and across; 0 is the mean, which says nothing of the picture. */
const FREQUENCIES = 8;

/** cos(π (2x + 1) u / 64) for the frequencies u from 1, by the rows of the cosine transform (DCT-II); its scale does not matter here. */
const cosines = Array.from({ length: FREQUENCIES }, (_, frequency) =>
  Float64Array.from({ length: THUMBNAIL_SIDE }, (__, x) =>
    Math.cos((Math.PI * (2 * x + 1) * (frequency + 1)) / (2 * THUMBNAIL_SIDE)),
  ),
);

/**
 * The hash of an image, or undefined when there is too little in it to be told from others of its kind (a blank page, a black
 * frame, a spot on an empty ground). Different photographs differ in 32 of the 64 bits, give or take 4; re-encoded and resized
 * copies mostly in 2, seldom in 12.
 *
 * @param grey the image as `[32, 32]` bytes, row by row.
 * @throws DatasetError when it has another size.
 */
export function perceptualHash(grey: Uint8Array): PerceptualHash | undefined {
  if (grey.length !== THUMBNAIL_SIDE ** 2) {
    throw new DatasetError(
      `${grey.length} values came to be hashed; expected the ${THUMBNAIL_SIDE ** 2} of a grey image of [32, 32]`,
    );
  }
  if (!hasStructure(grey)) return undefined;
  const coefficients = lowFrequencies(grey);
  const middle = median(coefficients);
  const words: [number, number] = [0, 0];
  coefficients.forEach((coefficient, bit) => {
    if (coefficient > middle) words[bit >> 5] = ((words[bit >> 5] as number) | (1 << (bit & 31))) >>> 0;
  });
  return words;
}

/** In how many of the 64 bits two hashes differ. */
export function hammingDistance([a, b]: PerceptualHash, [c, d]: PerceptualHash): number {
  return countBits(a ^ c) + countBits(b ^ d);
}

/** How many bits of a word are set (H. S. Warren, "Hacker's Delight", figure 5-2). */
export function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function hasStructure(grey: Uint8Array): boolean {
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
  const deviation = Math.sqrt(grey.reduce((sum, value) => sum + (value - mean) ** 2, 0) / grey.length);
  const meanDeviation = grey.reduce((sum, value) => sum + Math.abs(value - mean), 0) / grey.length;
  return deviation >= LEAST_DEVIATION && meanDeviation >= LEAST_MEAN_DEVIATION * deviation;
}

/** The transform F(u, v) = Σ f(y, x) cos(u, y) cos(v, x), `[8, 8]`: columns first, then rows. */
function lowFrequencies(grey: Uint8Array): Float64Array {
  const result = new Float64Array(FREQUENCIES ** 2);
  const row = new Float64Array(THUMBNAIL_SIDE);
  for (const [u, down] of cosines.entries()) {
    row.fill(0);
    for (let y = 0; y < THUMBNAIL_SIDE; y++) {
      for (let x = 0; x < THUMBNAIL_SIDE; x++) {
        row[x] = (row[x] as number) + (down[y] as number) * (grey[y * THUMBNAIL_SIDE + x] as number);
      }
    }
    for (const [v, across] of cosines.entries()) {
      result[u * FREQUENCIES + v] = across.reduce((sum, cosine, x) => sum + cosine * (row[x] as number), 0);
    }
  }
  return result;
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const half = values.length / 2;
  return ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}

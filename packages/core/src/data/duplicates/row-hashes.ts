/** Equal rows: which rows of one part are also in another. */
import { DatasetError } from "../dataset.ts";

/** The bits of −0. */
const MINUS_ZERO = -(2 ** 31);

/**
 * A hash for each row: equal rows have equal ones. Hashes have 53 bits, so that they are exact as numbers; that any two different
 * rows of a million share one has a probability of 1 in 18,000. The two halves are MurmurHash3's (A. Appleby), 32 bits, over the
 * values' bits with seeds of their own.
 *
 * @param values the rows one after the other; −0 counts as 0.
 * @param size values of a row.
 * @throws DatasetError when the values are no whole number of rows.
 */
export function rowHashes(values: Float32Array | Uint8Array, size: number): Float64Array {
  if (!Number.isInteger(size) || size < 1 || values.length % size !== 0) {
    throw new DatasetError(`${values.length} values came, which are no whole number of rows of ${size} values`);
  }
  const isFloat = values instanceof Float32Array;
  const words = isFloat ? wordsOf(values) : values;
  const hashes = new Float64Array(values.length / size);
  for (let row = 0; row < hashes.length; row++) {
    let [high, low] = [0x9747b28c, 0x5bd1e995];
    for (let at = row * size; at < (row + 1) * size; at++) {
      const bits = words[at] as number;
      const word = isFloat && bits === MINUS_ZERO ? 0 : bits;
      high = mix(high, word);
      // The complement: rows that MurmurHash3 confuses whatever the seed are not confused in both halves.
      low = mix(low, ~word);
    }
    hashes[row] = finish(high, size) * 2 ** 21 + (finish(low, size) >>> 11);
  }
  return hashes;
}

/** Rows of one part that are in another, too. */
export interface SharedRows {
  readonly count: number;
  /** The first few of them, each with the first row of the other part that it equals, by their places. */
  readonly first: readonly (readonly [row: number, twin: number])[];
}

/**
 * How many rows are equal to a row of another part, as rows to validate with that a model has seen in training. It takes the memory of one more
 * copy of the other part's hashes.
 *
 * @param named of how many rows to say which they are.
 */
export function sharedRows(hashes: Float64Array, others: Float64Array, named = 3): SharedRows {
  const sorted = others.toSorted();
  const first: number[] = [];
  let count = 0;
  for (let row = 0; row < hashes.length; row++) {
    if (!isAmong(hashes[row] as number, sorted)) continue;
    if (count++ < named) first.push(row);
  }
  return { count, first: first.map((row) => [row, others.indexOf(hashes[row] as number)]) };
}

/** @param values ascend. */
function isAmong(wanted: number, values: Float64Array): boolean {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return values[low] === wanted;
}

/** The values' bits, not copied: signed, because larger numbers are slow. */
function wordsOf({ buffer, byteOffset, length }: Float32Array): Int32Array {
  return new Int32Array(buffer, byteOffset, length);
}

/** MurmurHash3's body for one word. */
function mix(hash: number, word: number): number {
  const scrambled = Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotate(hash ^ scrambled, 13), 5) + 0xe6546b64) | 0;
}

/** MurmurHash3's end, for so many words. */
function finish(hash: number, words: number): number {
  let bits = hash ^ (4 * words);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

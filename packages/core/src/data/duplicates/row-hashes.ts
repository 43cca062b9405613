/** Equal rows of a table: how many there are, and how many of one part are also in another. */
import { DatasetError } from "../dataset.ts";

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
  const words = values instanceof Float32Array ? wordsOf(values) : values;
  const hashes = new Float64Array(values.length / size);
  for (let row = 0; row < hashes.length; row++) {
    let [high, low] = [0x9747b28c, 0x5bd1e995];
    for (let at = row * size; at < (row + 1) * size; at++) {
      const word = words[at] as number;
      high = mix(high, word);
      // The complement: rows that MurmurHash3 confuses whatever the seed are not confused in both halves.
      low = mix(low, ~word);
    }
    hashes[row] = finish(high, size) * 2 ** 21 + (finish(low, size) >>> 11);
  }
  return hashes;
}

/** Rows of a split, by number. */
export interface RowParts {
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
  readonly test?: Uint32Array | undefined;
}

/** How many rows of a split are in another part too. */
export interface SharedRows {
  /** Rows of validation that are equal to a row of training. */
  readonly validationInTraining: number;
  /** Rows of test that are equal to a row of training; 0 without test. */
  readonly testInTraining: number;
  /** Rows of test that are equal to a row of validation; 0 without test. */
  readonly testInValidation: number;
}

/** How many rows are equal to one before them. */
export function countRepeatedRows(hashes: Float64Array): number {
  const sorted = hashes.toSorted();
  return sorted.reduce((repeated, hash, at) => repeated + (at > 0 && hash === sorted[at - 1] ? 1 : 0), 0);
}

/** How many rows of validation and test a model has seen in training, or the choice of a model in validation. */
export function countSharedRows(hashes: Float64Array, { training, validation, test }: RowParts): SharedRows {
  const sorted = (numbers: Uint32Array): Float64Array =>
    Float64Array.from(numbers, (number) => hashes[number] as number).toSorted();
  const [trained, validated, tested] = [sorted(training), sorted(validation), sorted(test ?? Uint32Array.of())];
  return {
    validationInTraining: countMembers(validated, trained),
    testInTraining: countMembers(tested, trained),
    testInValidation: countMembers(tested, validated),
  };
}

/** How many of the values are among the others; both ascend. */
function countMembers(values: Float64Array, others: Float64Array): number {
  let [members, at] = [0, 0];
  for (const value of values) {
    while (at < others.length && (others[at] as number) < value) at++;
    if (others[at] === value) members++;
  }
  return members;
}

/** The values' bits; −0 becomes 0, which adding 0 does. */
function wordsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.map((value) => value + 0).buffer);
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

/**
 * Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): a function from a key and a
 * counter to 128 random bits. Integer arithmetic only, so every JavaScript engine computes the same bits.
 */

export type Words = readonly [number, number, number, number];

const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const KEY_STEPS = [0x9e3779b9, 0xbb67ae85] as const;
const ROUNDS = 10;

/** 128 random bits, as four integers from 0 to 2³² − 1. */
export function philox(counter: Words, key: readonly [number, number]): Words {
  let [a, b, c, d] = counter;
  let [left, right] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const first = Math.imul(MULTIPLIERS[0], a);
    const firstHigh = multiplyHigh(MULTIPLIERS[0], a);
    const second = Math.imul(MULTIPLIERS[1], c);
    const secondHigh = multiplyHigh(MULTIPLIERS[1], c);
    a = (secondHigh ^ b ^ left) >>> 0;
    b = second >>> 0;
    c = (firstHigh ^ d ^ right) >>> 0;
    d = first >>> 0;
    left = (left + KEY_STEPS[0]) >>> 0;
    right = (right + KEY_STEPS[1]) >>> 0;
  }
  return [a, b, c, d];
}

/** The high 32 bits of the product of two 32-bit integers, from products that a float64 holds exactly. */
function multiplyHigh(a: number, b: number): number {
  const low = (b & 0xffff) * a;
  const high = (b >>> 16) * a + Math.floor(low / 0x10000);
  return Math.floor(high / 0x10000);
}

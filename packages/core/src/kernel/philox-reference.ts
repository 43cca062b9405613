/**
 * Philox4x32-10 in plain JavaScript: the same bits as the kernels', on every engine. See `random.ts`.
 */

export type Words = readonly [number, number, number, number];

const ROUNDS = 10;

/** 128 random bits, as four integers from 0 to 2³² − 1, for a counter and a key of such integers. */
export function philoxReference(counter: Words, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  for (let round = 0; round < ROUNDS; round++) {
    const k0 = key[0] + Math.imul(round, 0x9e3779b9);
    const k1 = key[1] + Math.imul(round, 0xbb67ae85);
    const [high0, low0] = multiplyWide(0xd2511f53, c0);
    const [high1, low1] = multiplyWide(0xcd9e8d57, c2);
    [c0, c1, c2, c3] = [high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0];
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
}

/** The high and the low 32 bits of a product of unsigned integers, by halves: no product below exceeds 2⁴⁸. */
function multiplyWide(a: number, b: number): readonly [high: number, low: number] {
  const unsignedB = b >>> 0;
  const lower = (unsignedB & 0xffff) * a;
  const upper = (unsignedB >>> 16) * a + Math.floor(lower / 0x10000);
  return [Math.floor(upper / 0x10000), Math.imul(a, b)];
}

/**
 * Counter-based random numbers: Philox4x32-10 of J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3", SC 2011. A function from a counter and a key to 128 random bits, without any state: what
 * is drawn depends on what it is for, not on the order of drawing.
 */
import type { KernelBuilder } from "./builder.ts";
import { logarithm } from "./math/log.ts";
import { sinCosTurns } from "./math/sin-cos-turns.ts";
import { float, int, intAdd, intMul, intMulHigh, intToFloat, mul, shiftRightUnsigned, sqrt, xor } from "./vec.ts";
import type { Vec } from "./vec.ts";

export type FourVecs = readonly [Vec, Vec, Vec, Vec];

const ROUNDS = 10;
const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
/** What the key grows by from round to round: the golden ratio and √3 − 1, as fractions of 2³². */
const KEY_STEPS = [0x9e3779b9, 0xbb67ae85] as const;

/** 4 × 32 random bits a lane for a counter and a key of 32-bit integers a lane. */
export function philox(k: KernelBuilder, counter: FourVecs, key: readonly [Vec, Vec]): FourVecs {
  const [m0, m1] = [int(MULTIPLIERS[0]), int(MULTIPLIERS[1])];
  let [c0, c1, c2, c3] = counter.map((word) => k.let(word)) as [Vec, Vec, Vec, Vec];
  let [k0, k1] = [k.let(key[0]), k.let(key[1])];
  for (let round = 0; round < ROUNDS; round++) {
    const next: FourVecs = [
      xor(xor(intMulHigh(m1, c2), c1), k0),
      intMul(m1, c2),
      xor(xor(intMulHigh(m0, c0), c3), k1),
      intMul(m0, c0),
    ];
    [c0, c1, c2, c3] = next.map((word) => k.let(word)) as [Vec, Vec, Vec, Vec];
    if (round === ROUNDS - 1) break;
    k0 = k.let(intAdd(k0, int(KEY_STEPS[0])));
    k1 = k.let(intAdd(k1, int(KEY_STEPS[1])));
  }
  return [c0, c1, c2, c3];
}

/** Numbers in [0, 1), multiples of 2⁻²⁴, from the upper 24 of 32 random bits. */
export function toUniform(bits: Vec): Vec {
  return mul(intToFloat(shiftRightUnsigned(bits, 8)), float(2 ** -24));
}

/**
 * Two independent numbers of the standard normal distribution from twice 32 random bits, by G. E. P. Box and M. E. Muller
 * (1958): √(−2 log u) · (cos 2πv, sin 2πv) with u in (0, 1] and v in [0, 1), each of 24 bits. Their size is at most 5.77;
 * their error is below 5 ulp.
 */
export function toNormal(k: KernelBuilder, bitsA: Vec, bitsB: Vec): readonly [Vec, Vec] {
  // u = numerator · 2⁻²⁴
  const numerator = intToFloat(intAdd(shiftRightUnsigned(bitsA, 8), int(1)));
  const logU = logarithm(k, numerator, float(24 * 2 ** 23));
  const radius = k.let(sqrt(mul(logU, float(-2))));
  const { sin, cos } = sinCosTurns(k, toUniform(bitsB));
  return [mul(radius, cos), mul(radius, sin)];
}

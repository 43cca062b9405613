/**
 * Reproducible random numbers for data: one independent stream per (seed, stream), so that sample i of a set never
 * depends on how many others are made. The generator is sfc32 (C. Doty-Humphrey, PractRand): 32-bit additions, shifts and
 * exclusive ors, which every JavaScript engine computes to the same bits.
 */
export class RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /**
   * @param seed a non-negative integer.
   * @param stream the number of the stream among those of the seed, a non-negative integer below 2³².
   * @throws RangeError when the seed or the stream is no such number.
   */
  constructor(seed: number, stream = 0) {
    checkNatural("seed", seed, Number.MAX_SAFE_INTEGER);
    checkNatural("stream", stream, 2 ** 32 - 1);
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 2 ** 32) | 0;
    this.#c = stream | 0;
    // The author's own seeding: twelve rounds mix the three words into each other.
    for (let round = 0; round < 12; round++) this.uint32();
  }

  /** The next 32 random bits, as an integer from 0 to 2³² − 1. */
  uint32(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }

  /** A number from `low` (inclusive) to `high` (exclusive). */
  uniform(low: number, high: number): number {
    return low + (this.uint32() / 2 ** 32) * (high - low);
  }

  /** An integer from 0 to `count` − 1. */
  integer(count: number): number {
    return Math.floor((this.uint32() / 2 ** 32) * count);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uint32() / 2 ** 32 < probability;
  }

  /** One of the values, each as likely as the others. */
  pick<const T>(values: readonly [T, ...T[]]): T {
    return values[this.integer(values.length)] ?? values[0];
  }

  /** Puts the values into random order, in place (Fisher and Yates). */
  shuffle(values: { length: number; [index: number]: number }): void {
    for (let last = values.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const held = values[last] ?? 0;
      values[last] = values[other] ?? 0;
      values[other] = held;
    }
  }
}

function checkNatural(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= most) return;
  throw new RangeError(`the ${name} must be an integer from 0 to ${most}; ${value} came`);
}

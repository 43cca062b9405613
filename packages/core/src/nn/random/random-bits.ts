import { philoxReference } from "../../kernel/philox-reference.ts";
import type { Words } from "../../kernel/philox-reference.ts";

/**
 * Random numbers that depend only on (seed, stream, index): the same in every JavaScript engine, and an independent
 * sequence for each stream of a seed.
 *
 * @param seed an integer from 0 to 2⁵³ − 1.
 * @param stream an integer from 0 to 2³² − 1.
 */
export class RandomBits {
  readonly #key: readonly [number, number];
  readonly #stream: number;
  #block = -1;
  #words: Words = [0, 0, 0, 0];

  constructor(seed: number, stream = 0) {
    checkSeed(seed);
    this.#key = [seed >>> 0, Math.floor(seed / 2 ** 32)];
    this.#stream = stream >>> 0;
  }

  /** 32 random bits, as an integer from 0 to 2³² − 1. */
  word(index: number): number {
    const block = Math.floor(index / 4);
    if (block !== this.#block) {
      this.#block = block;
      this.#words = philoxReference([block >>> 0, Math.floor(block / 2 ** 32), this.#stream, 0], this.#key);
    }
    return this.#words[(index % 4) as 0 | 1 | 2 | 3];
  }

  /** A number in (0, 1), never 0 and never 1. */
  fraction(index: number): number {
    return (this.word(index) + 0.5) / 2 ** 32;
  }
}

/** @throws RangeError when the seed is not an integer from 0 to 2⁵³ − 1. */
export function checkSeed(seed: number): void {
  if (Number.isSafeInteger(seed) && seed >= 0) return;
  throw new RangeError(`the seed must be an integer from 0 to ${Number.MAX_SAFE_INTEGER}; ${seed} came`);
}

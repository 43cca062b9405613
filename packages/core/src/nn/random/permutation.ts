import { RandomBits } from "./random-bits.ts";

/** The numbers from 0 to count − 1 in random order: the same order for the same seed and stream. */
export function permutation(count: number, seed: number, stream: number): Uint32Array {
  const bits = new RandomBits(seed, stream);
  return shuffledNumbers(count, (place) => bits.fraction(place));
}

/**
 * The numbers from 0 to count − 1 in random order (Fisher and Yates).
 *
 * @param draw a number between 0 and 1 for each place from the last to the second.
 */
export function shuffledNumbers(count: number, draw: (place: number) => number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(draw(last) * (last + 1));
    const held = order[last] as number;
    order[last] = order[other] as number;
    order[other] = held;
  }
  return order;
}

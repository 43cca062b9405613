import type { RandomStream } from "../random-stream.ts";
import { TEST, VALIDATION } from "./part.ts";
import type { PartSizes } from "./part-sizes.ts";

/** For each sample its part, at random. */
export function splitAtRandom(count: number, { validation, test = 0 }: PartSizes, random: RandomStream): Uint8Array {
  const order = shuffledNumbers(count, random);
  const parts = new Uint8Array(count);
  for (let place = 0; place < validation + test; place++) {
    parts[order[place] as number] = place < validation ? VALIDATION : TEST;
  }
  return parts;
}

/** The numbers from 0 to `count` − 1 in random order. */
export function shuffledNumbers(count: number, random: RandomStream): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  random.shuffle(order);
  return order;
}

import { RandomStream } from "./random-stream.ts";

/**
 * The numbers, in ascending order, of some of `total` things that are drawn at random; of all, where they are no more than `most`.
 *
 * @param seed the same one draws the same things.
 * @example
 * const some = select(data, randomPart(data.count, 1000, 0));
 */
export function randomPart(total: number, most: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: total }, (_, index) => index);
  if (total <= most) return order;
  new RandomStream(seed).shuffle(order);
  return order.slice(0, most).toSorted();
}

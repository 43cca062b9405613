import { RandomStream } from "@sandglass/core";

/** The numbers of samples in two halves at random: what is known of either is by an analysis of the other. */
export function randomHalves(count: number, seed: number): readonly [Uint32Array, Uint32Array] {
  const order = Uint32Array.from({ length: count }, (_, number) => number);
  new RandomStream(seed).shuffle(order);
  const middle = Math.ceil(count / 2);
  return [order.slice(0, middle), order.slice(middle)];
}

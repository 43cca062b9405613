/** The data of the JavaScript peers: batches of uniform samples in [0, 1), as many as `workloads.py` makes. */

import type { Workload } from "../workloads.ts";

const NUM_BATCHES = 8;

/** Eight arrays of [batch, ...input], channels last, the same on every run. */
export function batches(workload: Workload, batchSize: number): Float32Array<ArrayBuffer>[] {
  const next = mulberry32(1);
  const size = workload.input.reduce((product, dim) => product * dim, batchSize);
  return Array.from({ length: NUM_BATCHES }, () => Float32Array.from({ length: size }, next));
}

/** The same array with the channels moved in front: [batch, h, w, c] → [batch, c, h, w]; others unchanged. */
export function channelsFirst(array: Float32Array<ArrayBuffer>, workload: Workload): Float32Array<ArrayBuffer> {
  if (workload.input.length !== 3) return array;
  const [height, width, channels] = workload.input as [number, number, number];
  const pixels = height * width;
  const result = new Float32Array(array.length);
  for (let i = 0; i < array.length; i++) {
    const sample = Math.floor(i / (pixels * channels));
    const pixel = Math.floor(i / channels) % pixels;
    const channel = i % channels;
    result[(sample * channels + channel) * pixels + pixel] = array[i] as number;
  }
  return result;
}

/** A small seeded generator (Mulberry32) of uniform numbers in [0, 1). */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

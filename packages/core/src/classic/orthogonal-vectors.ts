/** What is done with vectors that are to be orthogonal, in float64. */
import { RandomStream } from "../data/random-stream.ts";

/** Shorter than this share of what it was, what is left of a vector after a projection is rounding. */
const NOTHING = 1e-10;

/** Σ a[i] b[i] */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** target += factor · source */
export function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) + factor * (source[i] as number);
}

export function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

/**
 * Takes from a vector what lies along each of the directions, which are orthogonal and of length 1, and returns how much that
 * was. It does so twice, which is enough for float64 (Giraud et al. 2005).
 */
export function project(vector: Float64Array, directions: readonly Float64Array[]): Float64Array {
  const shares = new Float64Array(directions.length);
  for (let round = 0; round < 2; round++) {
    for (const [i, direction] of directions.entries()) {
      const share = dot(vector, direction);
      shares[i] = (shares[i] as number) + share;
      addScaled(vector, direction, -share);
    }
  }
  return shares;
}

/** A vector of length 1 that is orthogonal to fewer directions than there are dimensions, drawn at random. */
export function freshVector(random: RandomStream, size: number, directions: readonly Float64Array[]): Float64Array {
  const vector = Float64Array.from({ length: size }, () => random.uniform(-1, 1));
  project(vector, directions);
  const length = norm(vector);
  for (let i = 0; i < size; i++) vector[i] = (vector[i] as number) / length;
  // What rounding left of the directions has grown with the division.
  project(vector, directions);
  return vector;
}

/**
 * Makes vectors orthogonal to those before them and of length 1, in place (Gram and Schmidt). One that depends on those
 * before it is replaced by another direction, the same one every time.
 */
export function orthonormalize(vectors: readonly Float64Array[]): void {
  const random = new RandomStream(0);
  for (const [index, vector] of vectors.entries()) {
    const before = vectors.slice(0, index);
    const full = norm(vector);
    project(vector, before);
    const length = norm(vector);
    if (length > NOTHING * full) {
      for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / length;
    } else vector.set(freshVector(random, vector.length, before));
  }
}

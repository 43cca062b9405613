/**
 * Orthogonal matrices (Saxe et al. 2014, arXiv:1312.6120): the Q of A = QR with a positive diagonal of R, A being normal.
 * Gram and Schmidt's way makes that diagonal positive by itself; each vector is cleaned twice, which keeps float64 exact
 * enough ("twice is enough", Giraud et al. 2005).
 */
import { GraphError } from "../../graph/error.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { normalQuantile } from "../random/normal-quantile.ts";
import type { RandomBits } from "../random/random-bits.ts";
import type { Initializer, SeedOption } from "./initializer.ts";

export interface OrthogonalOptions extends SeedOption {
  /** Length of the rows or columns, 1 unless given. */
  readonly gain?: number;
}

/**
 * A kernel that is an orthogonal matrix when seen as [product of the leading axes, last axis]: its columns, or its rows
 * where it has fewer of them, are orthogonal and of length `gain`.
 *
 * @throws GraphError when the variable has fewer than two axes.
 */
export function orthogonal({ gain = 1, seed }: OrthogonalOptions = {}): Initializer {
  return {
    className: "Orthogonal",
    config: { seed: seed ?? null, gain },
    seed,
    values(shape, bits) {
      if (shape.length < 2) {
        throw new GraphError(
          `the orthogonal initializer makes kernels of two axes or more; a variable of shape ${formatShape(shape)} came`,
        );
      }
      const columns = shape.at(-1) as number;
      const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
      const vectors = orthonormalVectors(Math.min(rows, columns), Math.max(rows, columns), bits);
      const element = (row: number, column: number): number =>
        (rows >= columns ? vectors[column]?.[row] : vectors[row]?.[column]) ?? NaN;
      return Float32Array.from(
        { length: rows * columns },
        (_, index) => gain * element(Math.floor(index / columns), index % columns),
      );
    },
  };
}

/** `count` orthogonal vectors of length 1 in a space of `size` dimensions, count ≤ size. */
function orthonormalVectors(count: number, size: number, bits: RandomBits): Float64Array[] {
  const vectors: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const vector = Float64Array.from({ length: size }, (_, j) => normalQuantile(bits.fraction(j * count + i)));
    for (let round = 0; round < 2; round++) {
      for (const other of vectors) addScaled(vector, other, -dot(vector, other));
    }
    const length = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((value) => value / length));
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) + factor * (source[i] as number);
}

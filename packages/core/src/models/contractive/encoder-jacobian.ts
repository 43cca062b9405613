/** The Jacobian of an encoder at a sample, measured, and what it says. */
import { dataset } from "../../data/dataset.ts";
import type { Dataset } from "../../data/dataset.ts";
import { symmetricEigen } from "../../classic/index.ts";

/**
 * Half the distance of the two samples whose codes are compared, of values from 1 on as a share of them: large beside the rounding of
 * float32, small beside the values.
 */
const STEP = 0.01;

/** ∂code / ∂sample: `codeSize` rows of `size` slopes each. */
export interface Jacobian {
  readonly size: number;
  readonly codeSize: number;
  readonly slopes: Float64Array;
}

/**
 * Measures the Jacobian by central differences: the codes of the sample with each of its values a little larger, and a little smaller.
 *
 * @param sample the values of one sample.
 */
export async function encoderJacobian(
  sample: Float32Array,
  shape: readonly number[],
  encode: (data: Dataset) => Promise<Float32Array>,
): Promise<Jacobian> {
  const size = sample.length;
  const moved = new Float32Array(2 * size * size);
  for (let place = 0; place < size; place++) {
    const value = sample[place] as number;
    const step = STEP * Math.max(1, Math.abs(value));
    for (const [row, at] of [
      [2 * place, value + step],
      [2 * place + 1, value - step],
    ] as const) {
      moved.set(sample, row * size);
      moved[row * size + place] = at;
    }
  }
  const codes = await encode(dataset("moved", shape, moved));
  const codeSize = codes.length / (2 * size);
  const slopes = new Float64Array(codeSize * size);
  for (let place = 0; place < size; place++) {
    // The steps as float32 has them.
    const above = moved[2 * place * size + place] as number;
    const below = moved[(2 * place + 1) * size + place] as number;
    for (let number = 0; number < codeSize; number++) {
      const difference =
        (codes[2 * place * codeSize + number] as number) - (codes[(2 * place + 1) * codeSize + number] as number);
      slopes[number * size + place] = difference / (above - below);
    }
  }
  return { size, codeSize, slopes };
}

/** The singular values, the largest first: how far the code moves when the sample moves by 1 in the best direction, the next best … */
export function singularValues({ size, codeSize, slopes }: Jacobian): Float64Array {
  // The eigenvalues of J·Jᵀ are their squares, and so are those of Jᵀ·J: the smaller of the two.
  const rank = Math.min(size, codeSize);
  const [outer, inner] = size < codeSize ? [1, size] : [size, 1];
  const squares = new Float64Array(rank * rank);
  for (let a = 0; a < rank; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let index = 0; index < Math.max(size, codeSize); index++) {
        sum += (slopes[a * outer + index * inner] as number) * (slopes[b * outer + index * inner] as number);
      }
      squares[a * rank + b] = sum;
      squares[b * rank + a] = sum;
    }
  }
  return symmetricEigen(squares, rank, { vectors: 0 }).values.map((value) => Math.sqrt(Math.max(0, value)));
}

/** How far the code moves when the sample moves by a small part of a way, for each unit of the way: ‖J·d‖ / ‖d‖. */
export function movement({ size, codeSize, slopes }: Jacobian, way: ArrayLike<number>): number {
  let [moved, length] = [0, 0];
  for (let place = 0; place < size; place++) length += (way[place] as number) ** 2;
  for (let number = 0; number < codeSize; number++) {
    let sum = 0;
    for (let place = 0; place < size; place++)
      sum += (slopes[number * size + place] as number) * (way[place] as number);
    moved += sum ** 2;
  }
  return Math.sqrt(moved / length);
}

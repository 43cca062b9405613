/** The space that block Lanczos searches: orthonormal vectors Q, and T = QᵀAQ. */
import { RandomStream } from "../data/random-stream.ts";
import { addScaled, freshVector, norm, project } from "./orthogonal-vectors.ts";

/** Shorter than this share of the longest product, a remainder is rounding. */
const NOTHING = 1e-10;

/** Vectors to extend the space by. */
export interface NextBlock {
  readonly vectors: readonly Float64Array[];
  /** What the remainders are made of: row i has the share of vector i in each of them. */
  readonly coefficients: readonly Float64Array[];
}

export class KrylovSpace {
  readonly #size: number;
  readonly #capacity: number;
  readonly #blockSize: number;
  readonly #vectors: Float64Array[] = [];
  /** Column j of T, down to the last vector that was there when it was computed. */
  readonly #columns: Float64Array[] = [];
  readonly #random = new RandomStream(0);
  #longestProduct = 0;

  /**
   * @param size length of a vector.
   * @param capacity how many vectors there may be.
   */
  constructor(size: number, capacity: number, blockSize: number) {
    this.#size = size;
    this.#capacity = capacity;
    this.#blockSize = blockSize;
  }

  get length(): number {
    return this.#vectors.length;
  }

  get isFull(): boolean {
    return this.length >= this.#capacity;
  }

  /** Takes new vectors with their products by A, and returns what of those lies outside of the space. */
  extend(vectors: readonly Float64Array[], products: readonly Float64Array[]): Float64Array[] {
    this.#vectors.push(...vectors);
    return products.map((product) => {
      this.#longestProduct = Math.max(this.#longestProduct, norm(product));
      const remainder = Float64Array.from(product);
      this.#columns.push(project(remainder, this.#vectors));
      return remainder;
    });
  }

  /**
   * Vectors that span the remainders, orthogonal to the space and to one another. Random ones stand in for those that are
   * missing, and make the first block.
   */
  nextBlock(remainders: readonly Float64Array[]): NextBlock {
    const room = Math.min(this.#blockSize, this.#capacity - this.length);
    const vectors: Float64Array[] = [];
    const coefficients: Float64Array[] = [];
    for (const [j, remainder] of remainders.entries()) {
      const rest = Float64Array.from(remainder);
      for (const [i, share] of project(rest, vectors).entries()) (coefficients[i] as Float64Array)[j] = share;
      const length = norm(rest);
      if (length <= NOTHING * this.#longestProduct) continue;
      const row = new Float64Array(remainders.length);
      row[j] = length;
      coefficients.push(row);
      vectors.push(rest.map((value) => value / length));
    }
    while (vectors.length < room) {
      vectors.push(freshVector(this.#random, this.#size, [...this.#vectors, ...vectors]));
    }
    return { vectors: vectors.slice(0, room), coefficients };
  }

  /** T, row-major, its lower triangle. */
  projected(): Float64Array {
    const n = this.length;
    const matrix = new Float64Array(n * n);
    for (const [j, column] of this.#columns.entries()) {
      for (const [i, value] of column.entries()) matrix[j * n + i] = value;
    }
    return matrix;
  }

  /** `count` combinations of the vectors. */
  combine(weights: Float64Array, count: number): Float64Array[] {
    return Array.from({ length: count }, (_, c) => {
      const target = new Float64Array(this.#size);
      for (const [i, vector] of this.#vectors.entries()) {
        addScaled(target, vector, weights[c * this.length + i] as number);
      }
      return target;
    });
  }
}

/**
 * The QL algorithm with implicit shifts for symmetric tridiagonal matrices (EISPACK's `tql2`; Dubrulle, Martin and Wilkinson
 * in Handbook for Automatic Computation II/4). T = Z diag(values) Zᵀ, and Z is a product of some 0.8 n² rotations of two
 * neighbouring columns. They are noted down instead of multiplied out, so that k columns of Z cost k/n of the whole.
 */

/** Rotations in the order in which they were made. */
export class Rotations {
  #planes = new Uint32Array(1024);
  #cosines = new Float64Array(1024);
  #sines = new Float64Array(1024);
  #length = 0;

  /** Z ← Z G, G being the identity but for G[i, i] = G[i+1, i+1] = cosine, G[i, i+1] = sine, G[i+1, i] = −sine. */
  add(plane: number, cosine: number, sine: number): void {
    if (this.#length === this.#planes.length) this.#grow();
    this.#planes[this.#length] = plane;
    this.#cosines[this.#length] = cosine;
    this.#sines[this.#length++] = sine;
  }

  /**
   * Replaces each column v of `columns` by Z v = G₁(G₂(… v)).
   *
   * @param columns n × `width`, row-major.
   */
  apply(columns: Float64Array, width: number): void {
    for (let index = this.#length - 1; index >= 0; index--) {
      const upper = (this.#planes[index] as number) * width;
      const lower = upper + width;
      const cosine = this.#cosines[index] as number;
      const sine = this.#sines[index] as number;
      for (let c = 0; c < width; c++) {
        const first = columns[upper + c] as number;
        const second = columns[lower + c] as number;
        columns[upper + c] = cosine * first + sine * second;
        columns[lower + c] = cosine * second - sine * first;
      }
    }
  }

  #grow(): void {
    const length = 2 * this.#length;
    const planes = new Uint32Array(length);
    planes.set(this.#planes);
    this.#planes = planes;
    this.#cosines = grown(this.#cosines, length);
    this.#sines = grown(this.#sines, length);
  }
}

/** A value takes one or two iterations; EISPACK's limit is 30. */
const MAX_ITERATIONS = 60;

/**
 * Turns the diagonal into the eigenvalues, in no particular order.
 *
 * @param diagonal T[i, i]; becomes the eigenvalues.
 * @param subdiagonal T[i, i − 1] at i; is overwritten.
 * @throws Error when a value does not converge, which finite numbers do not do.
 */
export function diagonalize(diagonal: Float64Array, subdiagonal: Float64Array): Rotations {
  const n = diagonal.length;
  const rotations = new Rotations();
  const d = diagonal;
  // Shifted so that e[i] stands between d[i] and d[i + 1].
  const e = subdiagonal;
  e.copyWithin(0, 1);
  e[n - 1] = 0;
  const negligible = Number.EPSILON * largestRow(d, e);
  for (let first = 0; first < n; first++) {
    for (let iteration = 0; ; iteration++) {
      const last = endOfBlock(e, first, negligible);
      if (last === first) break;
      if (iteration === MAX_ITERATIONS) {
        throw new Error(`eigenvalue ${first} of ${n} did not converge in ${MAX_ITERATIONS} iterations`);
      }
      sweep(d, e, first, last, rotations);
    }
  }
  return rotations;
}

/**
 * What subdiagonal numbers are measured by. Not by their neighbours on the diagonal: where eigenvalues fall by many orders of
 * magnitude, rounding of the large ones keeps the subdiagonal above the small ones for ever.
 */
function largestRow(d: Float64Array, e: Float64Array): number {
  return d.reduce((largest, value, index) => Math.max(largest, Math.abs(value) + Math.abs(e[index] as number)), 0);
}

/** The first place from `first` on where the matrix falls apart: a subdiagonal number that is no more than rounding. */
function endOfBlock(e: Float64Array, first: number, negligible: number): number {
  let last = first;
  while (last < e.length - 1 && Math.abs(e[last] as number) > negligible) last++;
  return last;
}

/** One QL step with Wilkinson's shift on the block first … last, from its lower end to its upper. */
function sweep(d: Float64Array, e: Float64Array, first: number, last: number, rotations: Rotations): void {
  const at = d[first] as number;
  const beside = e[first] as number;
  const ratio = ((d[first + 1] as number) - at) / (2 * beside);
  const root = Math.hypot(ratio, 1);
  let g = (d[last] as number) - at + beside / (ratio + (ratio < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let moved = 0;
  for (let i = last - 1; i >= first; i--) {
    const f = sine * (e[i] as number);
    const b = cosine * (e[i] as number);
    const r = length(f, g);
    e[i + 1] = r;
    if (r === 0) {
      // The block falls apart here; the next sweep takes what is left.
      d[i + 1] = (d[i + 1] as number) - moved;
      e[last] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = (d[i + 1] as number) - moved;
    const t = ((d[i] as number) - g) * sine + 2 * cosine * b;
    moved = sine * t;
    d[i + 1] = g + moved;
    g = cosine * t - b;
    rotations.add(i, cosine, sine);
  }
  d[first] = (d[first] as number) - moved;
  e[first] = g;
  e[last] = 0;
}

/** √(a² + b²): the plain formula, unless it overflows or loses small numbers. */
function length(a: number, b: number): number {
  const square = a * a + b * b;
  return square > 1e-280 && square < 1e280 ? Math.sqrt(square) : Math.hypot(a, b);
}

function grown(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const result = new Float64Array(length);
  result.set(values);
  return result;
}

/**
 * Householder's reduction of a symmetric matrix to a tridiagonal one: A = Q T Qᵀ with Q = H[n−1] … H[1] and
 * H[i] = I − u uᵀ / h, u being zero from its place i on (EISPACK's `tred2`, Handbook for Automatic Computation II/2). Q is
 * kept as its reflections; whoever wants vectors applies them to as many as are wanted.
 */

export interface Tridiagonal {
  /** T[i, i] */
  readonly diagonal: Float64Array;
  /** T[i, i − 1] at i; 0 at 0. */
  readonly subdiagonal: Float64Array;
  /** Row i begins with the i numbers of u of H[i]. */
  readonly reflections: Float64Array;
  /** h of H[i] = uᵀu / 2; 0 where H[i] is the identity. */
  readonly halfNorms: Float64Array;
}

/**
 * Reduces a symmetric matrix.
 *
 * @param matrix n × n, row-major; its lower triangle is read and overwritten.
 */
export function tridiagonalize(matrix: Float64Array, n: number): Tridiagonal {
  const diagonal = new Float64Array(n);
  const subdiagonal = new Float64Array(n);
  const halfNorms = new Float64Array(n);
  const product = new Float64Array(n);
  for (let i = n - 1; i > 0; i--) {
    const u = matrix.subarray(i * n, i * n + i);
    diagonal[i] = matrix[i * n + i] as number;
    const scale = sumOfMagnitudes(u, i - 1);
    if (scale === 0) {
      // Nothing to the left of the subdiagonal: the row is tridiagonal already.
      subdiagonal[i] = u[i - 1] as number;
      continue;
    }
    const [beta, halfNorm] = reflect(u, scale + Math.abs(u[i - 1] as number));
    subdiagonal[i] = beta;
    halfNorms[i] = halfNorm;
    multiplySymmetric(matrix, n, u, product);
    // q = p − (uᵀp / 2h) u with p = Au / h; then HAH = A − u qᵀ − q uᵀ.
    let dot = 0;
    for (let j = 0; j < i; j++) dot += (u[j] as number) * (product[j] as number);
    const share = dot / (2 * halfNorm);
    for (let j = 0; j < i; j++) product[j] = ((product[j] as number) - share * (u[j] as number)) / halfNorm;
    subtractOuterProducts(matrix, n, u, product);
  }
  diagonal[0] = matrix[0] as number;
  return { diagonal, subdiagonal, reflections: matrix, halfNorms };
}

/**
 * Replaces each column z of `columns` by Q z.
 *
 * @param columns n × `width`, row-major.
 */
export function applyReflections({ reflections, halfNorms }: Tridiagonal, columns: Float64Array, width: number): void {
  const n = halfNorms.length;
  const dots = new Float64Array(width);
  for (let i = 1; i < n; i++) {
    const halfNorm = halfNorms[i] as number;
    if (halfNorm === 0) continue;
    dots.fill(0);
    for (let row = 0; row < i; row++) {
      const factor = reflections[i * n + row] as number;
      const start = row * width;
      for (let c = 0; c < width; c++) dots[c] = (dots[c] as number) + factor * (columns[start + c] as number);
    }
    for (let row = 0; row < i; row++) {
      const factor = (reflections[i * n + row] as number) / halfNorm;
      const start = row * width;
      for (let c = 0; c < width; c++)
        columns[start + c] = (columns[start + c] as number) - factor * (dots[c] as number);
    }
  }
}

/** Σ |u[j]|, j < count. */
function sumOfMagnitudes(u: Float64Array, count: number): number {
  let sum = 0;
  for (let j = 0; j < count; j++) sum += Math.abs(u[j] as number);
  return sum;
}

/**
 * Makes u the vector whose reflection takes the former u to (0, …, 0, β), and returns β and h. Dividing by `scale` keeps
 * squares from overflowing and changes neither the reflection nor β.
 */
function reflect(u: Float64Array, scale: number): readonly [beta: number, halfNorm: number] {
  const last = u.length - 1;
  let square = 0;
  for (let j = 0; j <= last; j++) {
    const value = (u[j] as number) / scale;
    u[j] = value;
    square += value * value;
  }
  const alpha = u[last] as number;
  // The sign that does not cancel.
  const beta = alpha > 0 ? -Math.sqrt(square) : Math.sqrt(square);
  u[last] = alpha - beta;
  return [scale * beta, square - alpha * beta];
}

/** product = A u for the leading part of A, of which only the lower triangle is read. */
function multiplySymmetric(matrix: Float64Array, n: number, u: Float64Array, product: Float64Array): void {
  product.fill(0, 0, u.length);
  for (let j = 0; j < u.length; j++) {
    const start = j * n;
    const factor = u[j] as number;
    let sum = (matrix[start + j] as number) * factor;
    for (let t = 0; t < j; t++) {
      const value = matrix[start + t] as number;
      sum += value * (u[t] as number);
      product[t] = (product[t] as number) + value * factor;
    }
    product[j] = (product[j] as number) + sum;
  }
}

/** A −= u qᵀ + q uᵀ, in the lower triangle. */
function subtractOuterProducts(matrix: Float64Array, n: number, u: Float64Array, q: Float64Array): void {
  for (let j = 0; j < u.length; j++) {
    const start = j * n;
    const uj = u[j] as number;
    const qj = q[j] as number;
    for (let t = 0; t <= j; t++) {
      matrix[start + t] = (matrix[start + t] as number) - uj * (q[t] as number) - qj * (u[t] as number);
    }
  }
}

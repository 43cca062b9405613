/** From Fortran's order of values, the first index fastest, to C's, the last index fastest. */

interface Values<T> {
  readonly length: number;
  [index: number]: T;
}

/**
 * Writes the values of an array that lie in Fortran's order into `target` in C's order.
 *
 * The strides of Fortran's order are 1, s₀, s₀s₁, …: the value at (i₀, i₁, …) stands at i₀ + i₁s₀ + i₂s₀s₁ + …
 */
export function toRowMajor<T, Target extends Values<T>>(
  source: Readonly<Values<T>>,
  shape: readonly number[],
  target: Target,
): Target {
  const strides: number[] = [];
  shape.reduce((stride, size) => (strides.push(stride), stride * size), 1);
  const rowSize = shape.at(-1) ?? 1;
  const rowStride = strides.at(-1) ?? 1;
  // All but the last index, counted up as an odometer counts.
  const index = shape.slice(0, -1).fill(0);
  let from = 0;
  for (let to = 0; to < source.length; to += rowSize) {
    for (let column = 0; column < rowSize; column++) target[to + column] = source[from + column * rowStride] as T;
    for (let axis = index.length - 1; axis >= 0; axis--) {
      const [size, stride] = [shape[axis] as number, strides[axis] as number];
      const next = (index[axis] as number) + 1;
      index[axis] = next === size ? 0 : next;
      from += next === size ? -(size - 1) * stride : stride;
      if (next < size) break;
    }
  }
  return target;
}

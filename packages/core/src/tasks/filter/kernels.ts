/** Well-known kernels, for seeing what a convolution does before networks learn kernels of their own. */
import { GraphError } from "../../graph/error.ts";

/** Rows of numbers. */
export type Kernel = readonly (readonly number[])[];

const SIXTEENTH = 1 / 16;
const NINTH = 1 / 9;

/**
 * Kernels by name. Those that add up to 0 answer to differences between pixels and give 0 where an image is even; those that add up to 1
 * keep the brightness of an image.
 */
export const filterKernels = {
  /** Differences of a pixel from its eight neighbours: edges of all directions (a Laplacian). */
  edge: [
    [-1, -1, -1],
    [-1, 8, -1],
    [-1, -1, -1],
  ],
  /** The same of four neighbours. */
  laplacian: [
    [0, -1, 0],
    [-1, 4, -1],
    [0, -1, 0],
  ],
  /** Bright on the left and dark on the right: upright edges. */
  "vertical-edge": [
    [1, 0, -1],
    [1, 0, -1],
    [1, 0, -1],
  ],
  /** Bright above and dark below: level edges. */
  "horizontal-edge": [
    [1, 1, 1],
    [0, 0, 0],
    [-1, -1, -1],
  ],
  /** How fast it gets brighter to the right (I. Sobel, G. Feldman, 1968). */
  "sobel-x": [
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ],
  /** How fast it gets brighter downwards. */
  "sobel-y": [
    [-1, -2, -1],
    [0, 0, 0],
    [1, 2, 1],
  ],
  /** The image and its edges. */
  sharpen: [
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ],
  /** A mean in which near pixels count more (Gauss, by binomial coefficients). */
  blur: [
    [SIXTEENTH, 2 * SIXTEENTH, SIXTEENTH],
    [2 * SIXTEENTH, 4 * SIXTEENTH, 2 * SIXTEENTH],
    [SIXTEENTH, 2 * SIXTEENTH, SIXTEENTH],
  ],
  /** The mean of nine pixels. */
  "box-blur": [
    [NINTH, NINTH, NINTH],
    [NINTH, NINTH, NINTH],
    [NINTH, NINTH, NINTH],
  ],
  /** Light from the upper left, as on metal. */
  emboss: [
    [-2, -1, 0],
    [-1, 1, 1],
    [0, 1, 2],
  ],
  /** The image as it is. */
  identity: [
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ],
} as const satisfies Readonly<Record<string, Kernel>>;

export type FilterKernelName = keyof typeof filterKernels;

/**
 * Rows as a kernel.
 *
 * @throws GraphError when they are none: at least one number, as many in each row, all of them finite.
 */
export function checkKernel(value: unknown): Kernel {
  const rows: readonly unknown[] = Array.isArray(value) ? value : [];
  const isRow = (row: unknown): row is readonly number[] => Array.isArray(row) && row.every(Number.isFinite);
  const lengths = new Set(rows.map((row) => (isRow(row) ? row.length : 0)));
  if (rows.every(isRow) && lengths.size === 1 && !lengths.has(0)) return rows;
  throw new GraphError(
    "a kernel is rows of finite numbers, as many in each, such as [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]; expected these, or one " +
      `of the names ${Object.keys(filterKernels).join(", ")}`,
  );
}

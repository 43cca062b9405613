/**
 * Resizing as a product with a matrix for each axis: every number of the result is a weighted mean of a few neighbours.
 *
 * The weights are TensorFlow's (`ScaleAndTranslate`; `ResizeBicubic` where a table is read): pixel centres lie at halves, a kernel is laid over the position of each
 * new pixel, and its weights inside the image are divided by their sum. With `antialias`, kernels are stretched by the factor
 * that an image shrinks by.
 */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { dense } from "../../ops/dense.ts";
import { matmul } from "../../ops/matmul.ts";
import { reshape, transpose } from "../../ops/shape.ts";
import { constantTensor } from "../constant-tensor.ts";
import { describeUnknown } from "../nearest-name.ts";
import { cosine } from "../elementary-functions.ts";

export type Interpolation = "nearest" | "bilinear" | "bicubic" | "lanczos3" | "lanczos5";

interface ResizeKernel {
  /** Beyond this distance it is 0. */
  readonly radius: number;
  /** Without `antialias`, TensorFlow reads the weights from a table of so many steps between two pixels. */
  readonly tableSteps?: number;
  weight(distance: number): number;
}

const KERNELS: Readonly<Record<Exclude<Interpolation, "nearest">, ResizeKernel>> = {
  bilinear: { radius: 1, weight: (x) => 1 - x },
  // Keys (1981) with a = −1/2.
  bicubic: {
    radius: 2,
    tableSteps: 1024,
    weight: (x) => (x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2),
  },
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
};

/** sinc(x) · sinc(x / a) (Lanczos). */
function lanczos(radius: number): ResizeKernel {
  return {
    radius,
    weight: (x) => (x < 1e-3 ? 1 : (radius * sineOfHalfTurns(x) * sineOfHalfTurns(x / radius)) / (Math.PI * x) ** 2),
  };
}

/** sin πx. ECMAScript leaves the last bits of Math.sin to the engine. */
function sineOfHalfTurns(x: number): number {
  const whole = Math.round(x);
  // |x − whole| ≤ ½: sin πx = ± cos π(½ − (x − whole))
  return (whole % 2 === 0 ? 1 : -1) * cosine(Math.PI * (0.5 - (x - whole)));
}

/** @throws RangeError unless the interpolation is one that Keras knows. */
export function checkInterpolation(className: string, value: string): Interpolation {
  const known = ["nearest", ...Object.keys(KERNELS)];
  if (known.includes(value)) return value as Interpolation;
  throw new RangeError(`unknown interpolation of ${className} ${describeUnknown(value, known)}`);
}

export interface ResizeOptions {
  readonly interpolation: Interpolation;
  /** Whether a kernel covers all pixels that one new pixel takes the place of. */
  readonly antialias?: boolean;
}

/** Images [height, width, channels] in another size. */
export function resizeImage(x: Node, [height, width]: readonly [number, number], options: ResizeOptions): Node {
  const [oldHeight, oldWidth, channels] = x.type.shape;
  if (oldHeight === undefined || oldWidth === undefined || channels === undefined || x.type.shape.length !== 3) {
    throw new GraphError(`it needs images [height, width, channels], not ${formatShape(x.type.shape)}`);
  }
  let resized = x;
  if (height !== oldHeight) {
    // [height', height] · [height, width · channels]
    const rows = resizeMatrix(height, oldHeight, options);
    const product = matmul(rows, reshape(x, [oldHeight, oldWidth * channels]), { transposeLeft: true });
    resized = reshape(product, [height, oldWidth, channels]);
  }
  if (width === oldWidth) return resized;
  // [height', channels, width] · [width, width']
  const columns = dense(transpose(resized, [0, 2, 1]), resizeMatrix(width, oldWidth, options));
  return transpose(columns, [0, 2, 1]);
}

/** The share of each old element in each new one: [old size, new size]. */
function resizeMatrix(size: number, oldSize: number, options: ResizeOptions): Node {
  const values = new Float32Array(oldSize * size);
  for (let i = 0; i < size; i++) {
    for (const [from, weight] of sharesOf(i, size, oldSize, options)) values[from * size + i] = weight;
  }
  return constantTensor(`${options.interpolation} ${oldSize} to ${size}`, [oldSize, size], values);
}

function sharesOf(
  i: number,
  size: number,
  oldSize: number,
  { interpolation, antialias = false }: ResizeOptions,
): readonly (readonly [from: number, weight: number])[] {
  const scale = oldSize / size;
  const exact = (i + 0.5) * scale;
  if (interpolation === "nearest") return [[Math.min(Math.floor(exact), oldSize - 1), 1]];
  const { radius, weight, tableSteps } = KERNELS[interpolation];
  const isTabled = tableSteps !== undefined && !antialias;
  const centre = isTabled ? Math.round((exact - 0.5) * tableSteps) / tableSteps + 0.5 : exact;
  const stretch = antialias ? Math.max(scale, 1) : 1;
  const first = Math.max(0, Math.ceil(centre - radius * stretch - 0.5));
  const last = Math.min(oldSize - 1, Math.floor(centre + radius * stretch - 0.5));
  const shares = Array.from({ length: last - first + 1 }, (_, index) => {
    const distance = Math.abs(first + index + 0.5 - centre) / stretch;
    return [first + index, distance < radius ? weight(distance) : 0] as const;
  });
  const total = shares.reduce((sum, [, share]) => sum + share, 0);
  return shares.map(([from, share]) => [from, share / total]);
}

/** Where windows lie: output sizes and padding of convolutions and pooling, by Keras's rules. */

export type Padding = "same" | "valid";

export interface WindowGeometry {
  /** Number of windows along the axis. */
  readonly out: number;
  /** How far the first window begins before the first element. */
  readonly before: number;
}

/**
 * Windows of `kernel` elements, `stride` apart, over `size` elements. "same" pads to ⌈size / stride⌉ windows; where the
 * padding is odd the additional element comes at the end, as in TensorFlow. "valid" does not pad.
 */
export function windowGeometry(size: number, kernel: number, stride: number, padding: Padding): WindowGeometry {
  if (padding === "valid") return { out: Math.floor((size - kernel) / stride) + 1, before: 0 };
  const out = Math.ceil(size / stride);
  return { out, before: Math.floor(Math.max((out - 1) * stride + kernel - size, 0) / 2) };
}

/** How many elements a kernel reaches over whose own elements lie `dilation` apart. */
export function dilatedSize(kernel: number, dilation: number): number {
  return (kernel - 1) * dilation + 1;
}

/**
 * The size that a transposed convolution makes of `size` elements: the one its convolution would shrink back. Strides
 * shrink several sizes to the same one, and `outputPadding` chooses among them, by Keras's formula.
 */
export function transposedSize(
  size: number,
  kernel: number,
  stride: number,
  padding: Padding,
  outputPadding?: number,
): number {
  if (outputPadding === undefined) {
    return padding === "same" ? size * stride : size * stride + Math.max(kernel - stride, 0);
  }
  return (size - 1) * stride + (padding === "same" ? kernel % 2 : kernel) + outputPadding;
}

/** A run of window positions that all touch the same part of the kernel. */
export interface WindowRun {
  readonly from: number;
  readonly to: number;
  /** The part of the kernel that lies inside the data. */
  readonly kernelFrom: number;
  readonly kernelTo: number;
}

/**
 * Window positions grouped by the part of the kernel that lies inside the data: a border, the interior, a border. The
 * kernel's elements lie `dilation` apart.
 */
export function windowRuns(
  size: number,
  kernel: number,
  stride: number,
  geometry: WindowGeometry,
  dilation = 1,
): WindowRun[] {
  const runs: WindowRun[] = [];
  for (let position = 0; position < geometry.out; position++) {
    const start = position * stride - geometry.before;
    const kernelFrom = Math.max(0, Math.ceil(-start / dilation));
    const kernelTo = Math.max(kernelFrom, Math.min(kernel, Math.ceil((size - start) / dilation)));
    const last = runs.at(-1);
    if (last !== undefined && last.kernelFrom === kernelFrom && last.kernelTo === kernelTo) {
      runs[runs.length - 1] = { ...last, to: position + 1 };
    } else {
      runs.push({ from: position, to: position + 1, kernelFrom, kernelTo });
    }
  }
  return runs;
}

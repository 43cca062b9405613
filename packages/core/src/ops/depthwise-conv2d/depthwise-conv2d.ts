/**
 * Depthwise convolution, its gradient with respect to the image, and the gradient of the kernel. Every channel c of the image is
 * convolved by itself with its M filters; with stride s, dilation d and padding b before the first element:
 *
 *     y[p, q, c·M + m] = Σ W[u, v, c, m] · x[p·s + u·d − b, q·s + v·d − b, c]
 *
 * Each op's gradients are the other two, so the family is closed under differentiation.
 */
import { GraphError } from "../../graph/error.ts";
import { apply } from "../../graph/node.ts";
import type { Node } from "../../graph/node.ts";
import type { OnnxContext, Op } from "../../graph/op.ts";
import { formatShape, perSample, shared, sizeOf } from "../../graph/tensor-type.ts";
import type { TensorType } from "../../graph/tensor-type.ts";
import { checkImageAndKernel, checkWindows, printConv2d } from "../conv2d/geometry.ts";
import { channelsLast } from "../conv2d/onnx.ts";
import { pixelPairs } from "../conv2d/reference.ts";
import { buildDepthwiseConv2d } from "./convolve.ts";
import { buildDepthwiseConv2dTranspose } from "./convolve-transposed.ts";
import { buildDepthwiseConv2dKernelGrad } from "./correlate.ts";
import { depthwiseGeometry, windowOptions } from "./geometry.ts";
import type {
  DepthwiseGeometry,
  DepthwiseKernelGradOptions,
  DepthwiseOptions,
  DepthwiseTransposeOptions,
} from "./geometry.ts";

export const depthwiseConv2dOp: Op<DepthwiseOptions> = {
  name: "depthwiseConv2d",
  infer([x, w], options) {
    const [image, kernel] = [x as TensorType, w as TensorType];
    checkImageAndKernel("depthwiseConv2d", image, kernel, options);
    if (image.shape[2] !== kernel.shape[2]) {
      throw new GraphError(
        `depthwiseConv2d: a kernel of shape ${formatShape(kernel.shape)} needs images of ${kernel.shape[2]} channels, and ` +
          `the input has shape ${formatShape(image.shape)}`,
      );
    }
    const geometry = depthwiseGeometry(sizeOfImage(image), kernel.shape, options);
    checkWindows("depthwiseConv2d", geometry);
    return perSample([geometry.y.windows.out, geometry.x.windows.out, geometry.channels * geometry.multiplier]);
  },
  // ∂L/∂x[i, j, c] gathers W · ∂L/∂y from the windows that saw it; ∂L/∂W[u, v, c, m] = Σ x[p·s + u·d − b, …, c] · ∂L/∂y[p, q, c·M + m]
  grad({ inputs, gradient, attributes }) {
    const [x, w] = inputs as [Node, Node];
    const options = windowOptions(attributes);
    return [
      depthwiseConv2dTranspose(gradient, w, { ...options, outputSize: sizeOfImage(x.type) }),
      depthwiseConv2dKernelGrad(x, gradient, { ...options, kernelSize: sizeOfImage(w.type) }),
    ];
  },
  kernel: { kind: "loops", build: buildDepthwiseConv2d },
  reference: ({ inputs, types, attributes, type }) => {
    const [x, w] = inputs as [Float64Array, Float64Array];
    const result = new Float64Array(sizeOf(type.shape));
    visitProducts(
      depthwiseGeometry(sizeOfImage(types[0]!), types[1]!.shape, attributes),
      (image, kernel, window) => (result[window]! += x[image]! * w[kernel]!),
    );
    return result;
  },
  onnx: (context) =>
    writeOnnx(
      context,
      "Conv",
      depthwiseGeometry(sizeOfImage(context.types[0]!), context.types[1]!.shape, context.attributes),
    ),
  print: printConv2d,
};

const depthwiseConv2dTransposeOp: Op<DepthwiseTransposeOptions> = {
  name: "depthwiseConv2dTranspose",
  infer([x, w], options) {
    const [windows, kernel] = [x as TensorType, w as TensorType];
    const geometry = depthwiseGeometry(options.outputSize, kernel.shape, options);
    checkIsWindows("depthwiseConv2dTranspose", windows, geometry);
    return perSample([...options.outputSize, geometry.channels]);
  },
  // Linear in both operands.
  grad({ inputs, gradient, attributes }) {
    const [x, w] = inputs as [Node, Node];
    const options = windowOptions(attributes);
    return [
      depthwiseConv2d(gradient, w, options),
      depthwiseConv2dKernelGrad(gradient, x, { ...options, kernelSize: sizeOfImage(w.type) }),
    ];
  },
  kernel: { kind: "loops", build: buildDepthwiseConv2dTranspose },
  reference: ({ inputs, types, attributes, type }) => {
    const [x, w] = inputs as [Float64Array, Float64Array];
    const result = new Float64Array(sizeOf(type.shape));
    visitProducts(
      depthwiseGeometry(attributes.outputSize, types[1]!.shape, attributes),
      (image, kernel, window) => (result[image]! += x[window]! * w[kernel]!),
    );
    return result;
  },
  onnx: (context) =>
    writeOnnx(
      context,
      "ConvTranspose",
      depthwiseGeometry(context.attributes.outputSize, context.types[1]!.shape, context.attributes),
    ),
  print: (options) => `${printConv2d(options)}, to ${formatShape(options.outputSize)}`,
};

export const depthwiseConv2dKernelGradOp: Op<DepthwiseKernelGradOptions> = {
  name: "depthwiseConv2dKernelGrad",
  infer([x, y], options) {
    const [image, windows] = [x as TensorType, y as TensorType];
    const channels = image.shape[2] as number;
    const kernel = [...options.kernelSize, channels, (windows.shape[2] as number) / channels];
    checkIsWindows("depthwiseConv2dKernelGrad", windows, depthwiseGeometry(sizeOfImage(image), kernel, options));
    return shared(kernel);
  },
  // Linear in both operands.
  grad({ inputs, gradient, attributes }) {
    const [x, y] = inputs as [Node, Node];
    const options = windowOptions(attributes);
    return [
      depthwiseConv2dTranspose(y, gradient, { ...options, outputSize: sizeOfImage(x.type) }),
      depthwiseConv2d(x, gradient, options),
    ];
  },
  kernel: { kind: "sum", running: "lanes", build: buildDepthwiseConv2dKernelGrad },
  reference: ({ inputs, types, attributes, type }) => {
    const [x, y] = inputs as [Float64Array, Float64Array];
    const result = new Float64Array(sizeOf(type.shape));
    visitProducts(
      depthwiseGeometry(sizeOfImage(types[0]!), type.shape, attributes),
      (image, kernel, window) => (result[kernel]! += x[image]! * y[window]!),
    );
    return result;
  },
  onnx: { unsupported: "it appears in training only" },
  print: printConv2d,
};

/** [H, W, C] per sample, kernel shared [KH, KW, C, M] → [rows, columns, C · M]; channel c's results are c · M … c · M + M − 1. */
export function depthwiseConv2d(x: Node, w: Node, options: DepthwiseOptions): Node {
  return apply(depthwiseConv2dOp, [x, w], options);
}

/** [rows, columns, C · M] per sample, kernel shared [KH, KW, C, M] → [H, W, C] */
function depthwiseConv2dTranspose(x: Node, w: Node, options: DepthwiseTransposeOptions): Node {
  return apply(depthwiseConv2dTransposeOp, [x, w], options);
}

/** [H, W, C], [rows, columns, C · M] per sample → shared [KH, KW, C, M] */
function depthwiseConv2dKernelGrad(x: Node, y: Node, options: DepthwiseKernelGradOptions): Node {
  return apply(depthwiseConv2dKernelGradOp, [x, y], options);
}

function sizeOfImage({ shape }: TensorType): readonly [number, number] {
  return [shape[0] as number, shape[1] as number];
}

function checkIsWindows(name: string, { shape }: TensorType, { y, x, channels, multiplier }: DepthwiseGeometry): void {
  const expected = [y.windows.out, x.windows.out, channels * multiplier];
  if (shape.length === 3 && expected.every((size, axis) => size === shape[axis])) return;
  throw new GraphError(
    `${name}: images ${formatShape([y.size, x.size, channels])} have windows ${formatShape(expected)}, not ${formatShape(shape)}`,
  );
}

/** Visits the flat positions of each product W[u, v, c, m] · x[…, c] of y[…, c·M + m]. */
function visitProducts(
  geometry: DepthwiseGeometry,
  visit: (image: number, kernel: number, window: number) => void,
): void {
  const { channels, multiplier } = geometry;
  pixelPairs(geometry, (image, kernel, window) => {
    for (let c = 0; c < channels; c++) {
      for (let m = 0; m < multiplier; m++) {
        const output = c * multiplier + m;
        visit(image * channels + c, kernel * channels * multiplier + output, window * channels * multiplier + output);
      }
    }
  });
}

/** In ONNX a convolution in as many groups as there are channels: [KH, KW, C, M] → [C · M, 1, KH, KW]. */
function writeOnnx(
  { node, constant, inputs }: OnnxContext<DepthwiseOptions>,
  opType: "Conv" | "ConvTranspose",
  geometry: DepthwiseGeometry,
): string {
  const { y, x, channels, multiplier } = geometry;
  const shape = BigInt64Array.from([channels * multiplier, 1, y.kernel, x.kernel], BigInt);
  const weights = node("Reshape", [node("Transpose", [inputs[1]!], { perm: [2, 3, 0, 1] }), constant(shape, [4])]);
  return channelsLast(node, opType, [inputs[0]!, weights], geometry, channels);
}

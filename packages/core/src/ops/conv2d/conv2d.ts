/**
 * Convolution, transposed convolution and the gradient of the kernel. With image x, kernel W and windows y, stride s,
 * dilation d and padding b before the first element:
 *
 *     y[p, q, o] = Σ W[u, v, c, o] · x[p·s + u·d − b, q·s + v·d − b, c]
 *
 * In groups, o meets only the channels of its own group, and c counts within it. The transposed convolution is the gradient
 * of this with respect to x. Each op's gradients are the other two, so the family is closed under differentiation.
 */
import { GraphError } from "../../graph/error.ts";
import { apply } from "../../graph/node.ts";
import type { Node } from "../../graph/node.ts";
import type { Op } from "../../graph/op.ts";
import { formatShape, perSample, shared, sizeOf } from "../../graph/tensor-type.ts";
import type { TensorType } from "../../graph/tensor-type.ts";
import { dilatedSize, transposedSize } from "../window.ts";
import type { Padding } from "../window.ts";
import { buildConv2d } from "./convolve.ts";
import { buildConv2dTranspose } from "./convolve-transposed.ts";
import { buildConv2dKernelGrad } from "./correlate.ts";
import {
  checkConvOperands,
  checkWindows,
  commonOptions,
  conv2dGeometry,
  printConv2d,
  transposeGeometry,
} from "./geometry.ts";
import type { Conv2dKernelGradOptions, Conv2dOptions, Conv2dTransposeOptions } from "./geometry.ts";
import { convOnnx } from "./onnx.ts";
import { convReference } from "./reference.ts";

export const conv2dOp: Op<Conv2dOptions> = {
  name: "conv2d",
  infer([x, w], options) {
    const [image, kernel] = [x as TensorType, w as TensorType];
    checkConvOperands("conv2d", image, kernel, 2, options);
    const geometry = conv2dGeometry(image.shape, kernel.shape, options);
    checkWindows("conv2d", geometry);
    return perSample([geometry.y.windows.out, geometry.x.windows.out, geometry.windowChannels]);
  },
  // ∂L/∂x is the transposed convolution of ∂L/∂y; ∂L/∂W[u, v, c, o] = Σ x[p·s + u·d − b, q·s + v·d − b, c] · ∂L/∂y[p, q, o]
  grad({ inputs, gradient, attributes }) {
    const [x, w] = inputs as [Node, Node];
    const [height, width] = x.type.shape as [number, number];
    const [kernelHeight, kernelWidth] = w.type.shape as [number, number];
    return [
      conv2dTransposeTo(gradient, w, { ...attributes, outputSize: [height, width] }),
      conv2dKernelGrad(x, gradient, { ...attributes, kernelSize: [kernelHeight, kernelWidth] }),
    ];
  },
  kernel: { kind: "loops", build: buildConv2d },
  reference: ({ inputs, types, attributes, type }) => {
    const [x, w] = inputs as [Float64Array, Float64Array];
    const geometry = conv2dGeometry((types[0] as TensorType).shape, (types[1] as TensorType).shape, attributes);
    const result = new Float64Array(sizeOf(type.shape));
    convReference(geometry, (image, kernel, window) => {
      result[window]! += x[image]! * w[kernel]!;
    });
    return result;
  },
  onnx: ({ inputs, types, attributes, node }) => {
    const geometry = conv2dGeometry((types[0] as TensorType).shape, (types[1] as TensorType).shape, attributes);
    return convOnnx("Conv", geometry, inputs as [string, string], node);
  },
  print: printConv2d,
};

export const conv2dTransposeOp: Op<Conv2dTransposeOptions> = {
  name: "conv2dTranspose",
  infer([x, w], options) {
    const [windows, kernel] = [x as TensorType, w as TensorType];
    checkConvOperands("conv2dTranspose", windows, kernel, 3, options);
    const { y, x: across, imageChannels } = transposeGeometry(kernel.shape, options);
    if (windows.shape[0] !== y.windows.out || windows.shape[1] !== across.windows.out) {
      throw new GraphError(
        `conv2dTranspose: an output of ${formatShape(options.outputSize)} belongs to an input of ` +
          `${formatShape([y.windows.out, across.windows.out])}, and the input has shape ${formatShape(windows.shape)}`,
      );
    }
    return perSample([...options.outputSize, imageChannels]);
  },
  // y is linear in x and in W: ∂L/∂x is the convolution of ∂L/∂y; in ∂L/∂W image and windows have changed places.
  grad({ inputs, gradient, attributes }) {
    const [x, w] = inputs as [Node, Node];
    const options = commonOptions(attributes);
    const [kernelHeight, kernelWidth] = w.type.shape as [number, number];
    return [
      conv2d(gradient, w, options),
      conv2dKernelGrad(gradient, x, { ...options, kernelSize: [kernelHeight, kernelWidth] }),
    ];
  },
  kernel: { kind: "loops", build: buildConv2dTranspose },
  reference: ({ inputs, types, attributes, type }) => {
    const [x, w] = inputs as [Float64Array, Float64Array];
    const result = new Float64Array(sizeOf(type.shape));
    convReference(transposeGeometry((types[1] as TensorType).shape, attributes), (image, kernel, window) => {
      result[image]! += x[window]! * w[kernel]!;
    });
    return result;
  },
  onnx: ({ inputs, types, attributes, node }) =>
    convOnnx(
      "ConvTranspose",
      transposeGeometry((types[1] as TensorType).shape, attributes),
      inputs as [string, string],
      node,
    ),
  print: (options) => `${printConv2d(options)}, to ${formatShape(options.outputSize)}`,
};

export const conv2dKernelGradOp: Op<Conv2dKernelGradOptions> = {
  name: "conv2dKernelGrad",
  infer([x, y], options) {
    const [image, windows] = [x as TensorType, y as TensorType];
    const { groups = 1 } = options;
    const kernel = [...options.kernelSize, (image.shape[2] as number) / groups, windows.shape[2] as number];
    const geometry = conv2dGeometry(image.shape, kernel, options);
    if (geometry.y.windows.out !== windows.shape[0] || geometry.x.windows.out !== windows.shape[1]) {
      throw new GraphError(
        `conv2dKernelGrad: images ${formatShape(image.shape)} do not have windows ${formatShape(windows.shape)}`,
      );
    }
    return shared(kernel);
  },
  // Linear in both operands.
  grad({ inputs, gradient, attributes }) {
    const [x, y] = inputs as [Node, Node];
    const options = commonOptions(attributes);
    const [height, width] = x.type.shape as [number, number];
    return [conv2dTransposeTo(y, gradient, { ...options, outputSize: [height, width] }), conv2d(x, gradient, options)];
  },
  kernel: { kind: "sum", running: "elements", build: buildConv2dKernelGrad },
  reference: ({ inputs, types, attributes, type }) => {
    const [x, y] = inputs as [Float64Array, Float64Array];
    const result = new Float64Array(sizeOf(type.shape));
    convReference(conv2dGeometry((types[0] as TensorType).shape, type.shape, attributes), (image, kernel, window) => {
      result[kernel]! += x[image]! * y[window]!;
    });
    return result;
  },
  onnx: { unsupported: "it appears in training only" },
  print: printConv2d,
};

/** [H, W, Ci] per sample, kernel shared [KH, KW, Ci / groups, Co] → [rows, columns, Co] */
export function conv2d(x: Node, w: Node, options: Conv2dOptions): Node {
  return apply(conv2dOp, [x, w], options);
}

export interface Conv2dTransposeSizeOptions extends Conv2dOptions {
  readonly padding: Padding;
  /** Rows and columns that the smallest image has not; Keras's choice of the size unless given. */
  readonly outputPadding?: readonly [number, number];
}

/** [rows, columns, Ci] per sample, kernel shared [KH, KW, Co, Ci] → [H, W, Co], of the size that Keras gives it. */
export function conv2dTranspose(x: Node, w: Node, { outputPadding, ...options }: Conv2dTransposeSizeOptions): Node {
  checkConvOperands("conv2dTranspose", x.type, w.type, 3, options);
  const { strides, padding, dilationRate = [1, 1] } = options;
  const size = (axis: 0 | 1): number => {
    const kernel = dilatedSize(w.type.shape[axis] as number, dilationRate[axis]);
    return transposedSize(x.type.shape[axis] as number, kernel, strides[axis], padding, outputPadding?.[axis]);
  };
  return conv2dTransposeTo(x, w, { ...options, outputSize: [size(0), size(1)] });
}

/** The same, to a given size. */
export function conv2dTransposeTo(x: Node, w: Node, options: Conv2dTransposeOptions): Node {
  return apply(conv2dTransposeOp, [x, w], options);
}

/** [H, W, Ci], [rows, columns, Co] per sample → shared [KH, KW, Ci / groups, Co] */
export function conv2dKernelGrad(x: Node, y: Node, options: Conv2dKernelGradOptions): Node {
  return apply(conv2dKernelGradOp, [x, y], options);
}

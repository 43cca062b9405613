/**
 * The largest element of each window, and its gradient: the first of the largest, row by row, gets all of it; NaN gets nothing.
 *
 * The gradient and `maxPool2dPick`, which takes from another image what stands where the largest elements are, are each
 * other's gradients.
 */
import { apply } from "../../graph/node.ts";
import type { Node } from "../../graph/node.ts";
import type { LoopContext, Op, Reader } from "../../graph/op.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { value } from "../../kernel/builder.ts";
import type { KernelBuilder } from "../../kernel/builder.ts";
import { flatten } from "../../kernel/index-expr.ts";
import { and, equal, float, max, xor } from "../../kernel/vec.ts";
import type { Local } from "../../kernel/vec.ts";
import { maximumOfLanes } from "../binary.ts";
import { forEachFewVectors } from "../lane-vectors.ts";
import { inferPool, poolGeometry, printPool } from "./geometry.ts";
import type { Pool2dGradOptions, Pool2dOptions } from "./geometry.ts";
import { writeOnnxPool } from "./onnx.ts";
import { firstLargest, mapWindows } from "./reference.ts";
import { buildScatter } from "./scatter.ts";
import type { WindowChannel } from "./scatter.ts";
import { forEachElement, forEachWindow, imageReader, isWrittenOut } from "./windows.ts";

const maxPool2dOp: Op<Pool2dOptions> = {
  name: "maxPool2d",
  infer: ([image], options) => inferPool("maxPool2d", image!, options),
  // y = max x: dx = dy at the first of the largest elements, else 0
  grad: ({ inputs: [image], gradient, attributes }) => [maxPool2dGrad(image!, gradient, attributes)],
  kernel: { kind: "loops", build: buildMaxPool },
  reference: ({ inputs: [image], types: [imageType], attributes, type }) => {
    const y = new Float64Array(sizeOf(type.shape));
    mapWindows(imageType!.shape, attributes, (window, elements) => {
      y[window] = Math.max(...elements.map((element) => image![element]!));
    });
    return y;
  },
  onnx: (context) => writeOnnxPool(context, "MaxPool", {}),
  print: printPool,
};

function buildMaxPool({ k, inputs: [image], attributes, vectors, put }: LoopContext<Pool2dOptions>): void {
  const geometry = poolGeometry(image!.type.shape, attributes);
  forEachWindow(k, geometry, (rows, columns) => {
    k.for(0, geometry.channels, (channel) => {
      const read = imageReader(k, image!, channel);
      forEachFewVectors(k, vectors, (few) => {
        const startsEmpty = isWrittenOut(rows, columns);
        const largest = few.map(() => (startsEmpty ? undefined : k.accumulator(float(-Infinity))));
        forEachElement(k, rows, columns, (y, x) => {
          for (const [i, before] of largest.entries()) {
            const next = read(y, x, few[i]!);
            if (before === undefined) largest[i] = k.accumulator(next);
            else k.assign(before, maximumOfLanes(value(before), next));
          }
        });
        for (const [i, maximum] of largest.entries()) {
          put([rows.position, columns.position, channel], few[i]!, value(maximum!));
        }
      });
    });
  });
}

/** The largest of the elements that are not NaN. */
function findLargest(
  k: KernelBuilder,
  read: ReturnType<typeof imageReader>,
  { rows, columns, vectors }: WindowChannel,
): Local[] {
  const largest = vectors.map(() => k.accumulator(float(-Infinity)));
  forEachElement(k, rows, columns, (y, x) => {
    for (const [i, v] of vectors.entries()) k.assign(largest[i]!, max(value(largest[i]!), read(y, x, v)));
  });
  return largest;
}

const maxPool2dGradOp: Op<Pool2dGradOptions> = {
  name: "maxPool2dGrad",
  infer: ([image]) => image!,
  // linear in the windows' gradients: the gradient of each is what arrives at the element that got it
  grad: ({ inputs: [image], gradient, attributes }) => [undefined, maxPool2dPick(image!, gradient, attributes)],
  kernel: {
    kind: "loops",
    build: (context) => {
      const { k, inputs } = context;
      const [image, gradient] = inputs as [Reader, Reader];
      buildScatter(context, (window) => {
        const { rows, columns, channel, vectors } = window;
        const read = imageReader(k, image, channel);
        const largest = findLargest(k, read, window);
        const position = flatten([rows.position, columns.position, channel], gradient.type.shape);
        // What has not been given away yet; lanes are emptied by the first largest element of their sample.
        const rest = vectors.map((v) => k.accumulator(gradient.at(position, v)));
        return (y, x, i) => {
          const share = k.let(and(value(rest[i]!), equal(read(y, x, vectors[i]!), value(largest[i]!))));
          k.assign(rest[i]!, xor(value(rest[i]!), share));
          return share;
        };
      });
    },
  },
  reference: ({ inputs: [image, gradient], types: [imageType], attributes }) => {
    const dx = new Float64Array(image!.length);
    mapWindows(imageType!.shape, attributes, (window, elements) => {
      const element = firstLargest(image!, elements);
      if (element !== undefined) dx[element]! += gradient![window]!;
    });
    return dx;
  },
  onnx: { unsupported: "gradients belong to training" },
  print: printPool,
};

const maxPool2dPickOp: Op<Pool2dOptions> = {
  name: "maxPool2dPick",
  infer: ([image], options) => inferPool("maxPool2dPick", image!, options),
  // linear in the other image: its gradient is the pooling's own
  grad: ({ inputs: [image], gradient, attributes }) => [undefined, maxPool2dGrad(image!, gradient, attributes)],
  kernel: { kind: "loops", build: buildPick },
  reference: ({ inputs: [image, other], types: [imageType], attributes, type }) => {
    const y = new Float64Array(sizeOf(type.shape));
    mapWindows(imageType!.shape, attributes, (window, elements) => {
      const element = firstLargest(image!, elements);
      y[window] = element === undefined ? 0 : other![element]!;
    });
    return y;
  },
  onnx: { unsupported: "gradients belong to training" },
  print: printPool,
};

function buildPick({ k, inputs, attributes, vectors, put }: LoopContext<Pool2dOptions>): void {
  const [image, other] = inputs as [Reader, Reader];
  const geometry = poolGeometry(image.type.shape, attributes);
  forEachWindow(k, geometry, (rows, columns) => {
    k.for(0, geometry.channels, (channel) => {
      const read = imageReader(k, image, channel);
      const readOther = imageReader(k, other, channel);
      forEachFewVectors(k, vectors, (few) => {
        const largest = findLargest(k, read, { rows, columns, channel, vectors: few });
        const picked = few.map(() => k.accumulator(float(0)));
        const isOpen = few.map(() => k.accumulator(equal(float(0), float(0))));
        forEachElement(k, rows, columns, (y, x) => {
          for (const [i, v] of few.entries()) {
            const isFirst = k.let(and(value(isOpen[i]!), equal(read(y, x, v), value(largest[i]!))));
            k.assign(isOpen[i]!, xor(value(isOpen[i]!), isFirst));
            k.assign(picked[i]!, xor(value(picked[i]!), and(isFirst, readOther(y, x, v))));
          }
        });
        for (const [i, v] of few.entries()) put([rows.position, columns.position, channel], v, value(picked[i]!));
      });
    });
  });
}

function maxPool2dGrad(image: Node, gradient: Node, options: Pool2dOptions): Node {
  return apply(maxPool2dGradOp, [image, gradient], { ...options, imageShape: image.type.shape });
}

function maxPool2dPick(image: Node, other: Node, { poolSize, strides, padding }: Pool2dOptions): Node {
  return apply(maxPool2dPickOp, [image, other], { poolSize, strides, padding });
}

/**
 * The largest element of each window over images `[height, width, channels]`, channel by channel; NaN where a window holds
 * NaN. Padding never counts.
 */
export function maxPool2d(image: Node, options: Pool2dOptions): Node {
  return apply(maxPool2dOp, [image], options);
}

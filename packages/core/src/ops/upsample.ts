/** Upsampling by whole factors: every pixel becomes a block of copies. Its gradient sums each block. */
import { GraphError } from "../graph/error.ts";
import { apply } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { LoopContext, Op } from "../graph/op.ts";
import { formatShape, formatType, sizeOf } from "../graph/tensor-type.ts";
import type { Shape, TensorType } from "../graph/tensor-type.ts";
import { value } from "../kernel/builder.ts";
import type { KernelBuilder } from "../kernel/builder.ts";
import { flatten } from "../kernel/index-expr.ts";
import type { Index } from "../kernel/index-expr.ts";
import { add, float } from "../kernel/vec.ts";
import { forEachFewVectors } from "./lane-vectors.ts";
import { forEachPosition } from "./loops.ts";

export interface UpSample2dOptions {
  /** How many times each row and each column is repeated. */
  readonly size: readonly [number, number];
}

/** Blocks of at most so many pixels are written out. */
const UNROLLED_PIXELS = 16;

export const upSample2dOp: Op<UpSample2dOptions> = {
  name: "upSample2d",
  infer: ([image], { size }) => {
    const [height, width, channels] = checkImage("upSample2d", image!, size);
    return { shape: [height * size[0], width * size[1], channels], scope: image!.scope };
  },
  // every element of a block is a copy of x, so dx = Σ dy over the block
  grad: ({ gradient, attributes }) => [sumBlocks2d(gradient, attributes)],
  kernel: { kind: "loops", build: buildUpSample },
  reference: ({ inputs: [image], types: [from], attributes: { size }, type }) => {
    const y = new Float64Array(sizeOf(type.shape));
    for (const [position, block] of blockPositions(type.shape, from!.shape, size)) y[position] = image![block]!;
    return y;
  },
  onnx: ({ inputs: [image], types, attributes: { size }, node, constant }) => {
    const scales = [...(types[0]!.scope === "sample" ? [1] : []), ...size, 1];
    return node("Resize", [image!, "", constant(Float32Array.from(scales), [scales.length])], {
      mode: "nearest",
      coordinate_transformation_mode: "asymmetric",
      nearest_mode: "floor",
    });
  },
  print: ({ size }) => formatShape(size),
};

function buildUpSample({
  k,
  inputs: [image],
  attributes: { size },
  vectors,
  put,
}: LoopContext<UpSample2dOptions>): void {
  forEachPosition(k, image!.type.shape, ([y, x, channel]) => {
    const position = flatten([y!, x!, channel!], image!.type.shape);
    forEachFewVectors(k, vectors, (few) => {
      const pixels = few.map((v) => k.let(image!.at(position, v)));
      forEachInBlock(k, y!, x!, size, (row, column) => {
        for (const [i, pixel] of pixels.entries()) put([row, column, channel!], few[i]!, pixel);
      });
    });
  });
}

export const sumBlocks2dOp: Op<UpSample2dOptions> = {
  name: "sumBlocks2d",
  infer: ([image], { size }) => {
    const [height, width, channels] = checkImage("sumBlocks2d", image!, size);
    if (height % size[0] !== 0 || width % size[1] !== 0) {
      throw new GraphError(
        `sumBlocks2d: images of ${formatShape(image!.shape)} are not made of whole blocks of ${formatShape(size)}.`,
      );
    }
    return { shape: [height / size[0], width / size[1], channels], scope: image!.scope };
  },
  // y = Σ x over the block, so dx = dy in the whole block
  grad: ({ gradient, attributes }) => [upSample2d(gradient, attributes)],
  kernel: { kind: "loops", build: buildSumBlocks },
  reference: ({ inputs: [image], types: [from], attributes: { size }, type }) => {
    const y = new Float64Array(sizeOf(type.shape));
    for (const [position, block] of blockPositions(from!.shape, type.shape, size)) y[block]! += image![position]!;
    return y;
  },
  onnx: { unsupported: "gradients belong to training" },
  print: ({ size }) => formatShape(size),
};

function buildSumBlocks({
  k,
  inputs: [image],
  attributes: { size },
  type,
  vectors,
  put,
}: LoopContext<UpSample2dOptions>): void {
  forEachPosition(k, type.shape, ([y, x, channel]) => {
    forEachFewVectors(k, vectors, (few) => {
      const sums = few.map(() => k.accumulator(float(0)));
      forEachInBlock(k, y!, x!, size, (row, column) => {
        const position = flatten([row, column, channel!], image!.type.shape);
        for (const [i, sum] of sums.entries()) k.assign(sum, add(value(sum), image!.at(position, few[i])));
      });
      for (const [i, sum] of sums.entries()) put([y!, x!, channel!], few[i]!, value(sum));
    });
  });
}

/** Visits the pixels of the block that belongs to row `y` and column `x`. */
function forEachInBlock(
  k: KernelBuilder,
  y: Index,
  x: Index,
  [height, width]: readonly [number, number],
  visit: (row: Index, column: Index) => void,
): void {
  const unroll = (length: number): { unroll: number } => ({ unroll: height * width <= UNROLLED_PIXELS ? length : 1 });
  k.for(
    0,
    height,
    (i) => k.for(0, width, (j) => visit(y.times(height).plus(i), x.times(width).plus(j)), unroll(width)),
    unroll(height),
  );
}

/** For every element of the large image, its flat position and that of its block. */
function blockPositions(large: Shape, small: Shape, [height, width]: readonly [number, number]): [number, number][] {
  const [, columns, channels] = large as [number, number, number];
  return Array.from({ length: sizeOf(large) }, (_, position) => {
    const channel = position % channels;
    const column = Math.floor(position / channels) % columns;
    const row = Math.floor(position / channels / columns);
    return [position, (Math.floor(row / height) * small[1]! + Math.floor(column / width)) * channels + channel];
  });
}

function checkImage(opName: string, image: TensorType, size: readonly [number, number]): [number, number, number] {
  if (image.shape.length !== 3) {
    throw new GraphError(
      `${opName}: got ${formatType(image)}, and images have the shape [height, width, channels]. Reshape the operand.`,
    );
  }
  if (!size.every((factor) => Number.isInteger(factor) && factor > 0)) {
    throw new GraphError(`${opName}: the size ${formatShape(size)} must be two whole numbers above 0.`);
  }
  return image.shape as [number, number, number];
}

/** Repeats every row and every column of images `[height, width, channels]`: upsampling by the nearest pixel. */
export function upSample2d(image: Node, { size }: UpSample2dOptions): Node {
  return apply(upSample2dOp, [image], { size });
}

function sumBlocks2d(image: Node, { size }: UpSample2dOptions): Node {
  return apply(sumBlocks2dOp, [image], { size });
}

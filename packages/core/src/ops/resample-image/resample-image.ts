/**
 * Images read at other places: rotated, zoomed, moved, seen in perspective. Where a pixel is read is a transform of eight
 * numbers, which every sample may have of its own. The gradient adds every pixel's share to the pixels it was read from.
 */
import { apply } from "../../graph/node.ts";
import type { Node } from "../../graph/node.ts";
import type { LoopContext, Op, Reader } from "../../graph/op.ts";
import { formatShape, perSample, sizeOf } from "../../graph/tensor-type.ts";
import { value } from "../../kernel/builder.ts";
import type { Index } from "../../kernel/index-expr.ts";
import { and, float, int, intMul, mul, multiplyAdd, select } from "../../kernel/vec.ts";
import { forEachPosition } from "../loops.ts";
import { stopGradient } from "../stop-gradient.ts";
import { checkResampling } from "./options.ts";
import type { ResampleAttributes, ResampleImageOptions } from "./options.ts";
import { readPoints } from "./read-points.ts";
import type { ReadPoints } from "./read-points.ts";
import { contributions } from "./reference.ts";

const resampleImageOp: Op<ResampleAttributes> = {
  name: "resampleImage",
  infer: ([image, transform], attributes) => {
    const channels = checkResampling("resampleImage", image!, transform!, attributes.imageSize, attributes);
    return perSample([...attributes.outputSize, channels]);
  },
  // y = Σ weight · x, so dx = Σ weight · dy over the pixels that read x
  grad: ({ inputs: [, transform], gradient, attributes }) => [
    apply(spreadImageOp, [gradient, transform!], attributes),
    undefined,
  ],
  kernel: { kind: "loops", build: buildResample },
  reference: ({ inputs: [image, transform], attributes, type }) => {
    const channels = type.shape[2]!;
    const y = new Float64Array(sizeOf(type.shape));
    for (const { output, pixel, weight } of contributions(transform!, attributes)) {
      for (let channel = 0; channel < channels; channel++) {
        const value = pixel < 0 ? attributes.fillValue : image![pixel * channels + channel]!;
        y[output * channels + channel]! += weight * value;
      }
    }
    return y;
  },
  onnx: {
    unsupported:
      "the operators of ONNX resample images in other ways: export the model without what augments its images",
  },
  print,
};

/** The transpose of resampling, taken as a linear map from images of `imageSize` to images of `outputSize`. */
const spreadImageOp: Op<ResampleAttributes> = {
  name: "spreadImage",
  infer: ([image, transform], attributes) => {
    const channels = checkResampling("spreadImage", image!, transform!, attributes.outputSize, attributes);
    return perSample([...attributes.imageSize, channels]);
  },
  // x = Σ weight · y, so dy = Σ weight · dx: resampling in which nothing lies outside
  grad: ({ inputs: [, transform], gradient, attributes }) => [
    apply(resampleImageOp, [gradient, transform!], { ...attributes, fillValue: 0 }),
    undefined,
  ],
  kernel: { kind: "loops", build: buildSpread },
  reference: ({ inputs: [image, transform], attributes, type }) => {
    const channels = type.shape[2]!;
    const x = new Float64Array(sizeOf(type.shape));
    for (const { output, pixel, weight } of contributions(transform!, attributes)) {
      if (pixel < 0) continue;
      for (let channel = 0; channel < channels; channel++) {
        x[pixel * channels + channel]! += weight * image![output * channels + channel]!;
      }
    }
    return x;
  },
  onnx: { unsupported: "gradients belong to training" },
  print,
};

function print({ outputSize, interpolation, fillMode, fillValue }: ResampleAttributes): string {
  return `${formatShape(outputSize)} ${interpolation} ${fillMode}${fillMode === "constant" ? ` ${fillValue}` : ""}`;
}

function buildResample(context: LoopContext<ResampleAttributes>): void {
  const { k, inputs, attributes, type, put } = context;
  const [image] = inputs as [Reader, Reader];
  const channels = type.shape[2]!;
  const fill = float(attributes.fillValue);
  forEachRead(context, ({ exists, pixels }, [row, column], vector) => {
    const positions = pixels.map(({ position }) => k.let(intMul(position, int(channels))));
    k.for(0, channels, (channel) => {
      const sum = k.accumulator(float(0));
      for (const [i, { weight, isInside }] of pixels.entries()) {
        const pixel = image.gather(positions[i]!, channel, vector);
        const color = isInside === undefined ? pixel : select(isInside, pixel, fill);
        k.assign(sum, multiplyAdd(weight, color, value(sum)));
      }
      put([row, column, channel], vector, select(exists, value(sum), fill));
    });
  });
}

function buildSpread(context: LoopContext<ResampleAttributes>): void {
  const { k, inputs, type, vectors, put, putPartial, partial, addPartial } = context;
  const [image] = inputs as [Reader, Reader];
  const channels = type.shape[2]!;
  const forEachElement = (write: (coordinates: readonly Index[], vector: Index) => void): void =>
    forEachPosition(k, type.shape, (coordinates) => k.for(0, vectors, (v) => write(coordinates, v), { unroll: 4 }));

  forEachElement((coordinates, v) => putPartial(coordinates, v, float(0)));
  forEachRead(context, ({ exists, pixels }, [row, column], vector) => {
    const targets = pixels.map(({ position, weight, isInside }) => ({
      position: k.let(intMul(position, int(channels))),
      weight: k.let(and(isInside === undefined ? exists : and(exists, isInside), weight)),
    }));
    const first = row.times(context.attributes.outputSize[1]).plus(column).times(channels);
    k.for(0, channels, (channel) => {
      const share = k.let(image.at(first.plus(channel), vector));
      for (const { position, weight } of targets) addPartial(position, channel, vector, mul(weight, share));
    });
  });
  forEachElement((coordinates, v) => put(coordinates, v, partial(coordinates, v)));
}

/** Visits the pixels of the resampled image, four samples at a time, with what they read of the image. */
function forEachRead(
  { k, inputs: [, transform], attributes, vectors }: LoopContext<ResampleAttributes>,
  visit: (points: ReadPoints, pixel: readonly [Index, Index], vector: Index) => void,
): void {
  forEachPosition(k, attributes.outputSize, ([row, column]) => {
    k.for(0, vectors, (vector) =>
      visit(readPoints(k, transform!, [row!, column!], vector, attributes), [row!, column!], vector),
    );
  });
}

/**
 * Images `[height, width, channels]`, read where a transform says: the pixel in column x and row y of the result is the one at
 *
 *     ((a0·x + a1·y + a2) / d, (b0·x + b1·y + b2) / d)     with d = c0·x + c1·y + 1
 *
 * of the image, which is the semantics of Keras's `ops.image.affine_transform` and of TensorFlow's ImageProjectiveTransformV3.
 * As there, no gradient flows to the transform.
 *
 * @param transform `[8]`, per sample or shared: a0, a1, a2, b0, b1, b2, c0, c1.
 */
export function resampleImage(
  image: Node,
  transform: Node,
  { outputSize, interpolation = "bilinear", fillMode = "constant", fillValue = 0 }: ResampleImageOptions = {},
): Node {
  const [height = 0, width = 0] = image.type.shape;
  return apply(resampleImageOp, [image, stopGradient(transform)], {
    imageSize: [height, width],
    outputSize: outputSize ?? [height, width],
    interpolation,
    fillMode,
    fillValue,
  });
}

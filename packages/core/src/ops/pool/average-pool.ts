/** The mean of each window, and its gradient: equal shares for all elements. Padding does not count. */
import { apply } from "../../graph/node.ts";
import type { Node } from "../../graph/node.ts";
import type { LoopContext, Op, Reader } from "../../graph/op.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { value } from "../../kernel/builder.ts";
import { flatten, Index } from "../../kernel/index-expr.ts";
import { add, div, float, indexVec, intMul, intToFloat } from "../../kernel/vec.ts";
import type { Vec } from "../../kernel/vec.ts";
import { forEachFewVectors } from "../lane-vectors.ts";
import { inferPool, poolGeometry, printPool } from "./geometry.ts";
import type { Pool2dGradOptions, Pool2dOptions } from "./geometry.ts";
import { writeOnnxPool } from "./onnx.ts";
import { mapWindows } from "./reference.ts";
import { buildScatter } from "./scatter.ts";
import { forEachElement, forEachWindow, imageReader, lengthOf } from "./windows.ts";
import type { WindowSpan } from "./windows.ts";

const averagePool2dOp: Op<Pool2dOptions> = {
  name: "averagePool2d",
  infer: ([image], options) => inferPool("averagePool2d", image!, options),
  // y = Σ x / n, so dx = dy / n for every element
  grad: ({ inputs: [image], gradient, attributes }) => [
    averagePool2dGrad(gradient, { ...attributes, imageShape: image!.type.shape }),
  ],
  kernel: { kind: "loops", build: buildAveragePool },
  reference: ({ inputs: [image], types: [imageType], attributes, type }) => {
    const y = new Float64Array(sizeOf(type.shape));
    mapWindows(imageType!.shape, attributes, (window, elements) => {
      for (const element of elements) y[window]! += image![element]! / elements.length;
    });
    return y;
  },
  onnx: (context) => writeOnnxPool(context, "AveragePool", { count_include_pad: 0 }),
  print: printPool,
};

function buildAveragePool({ k, inputs: [image], attributes, vectors, put }: LoopContext<Pool2dOptions>): void {
  const geometry = poolGeometry(image!.type.shape, attributes);
  forEachWindow(k, geometry, (rows, columns) => {
    const count = k.let(countOf(rows, columns));
    k.for(0, geometry.channels, (channel) => {
      const read = imageReader(k, image!, channel);
      forEachFewVectors(k, vectors, (few) => {
        const sums = few.map(() => k.accumulator(float(0)));
        forEachElement(k, rows, columns, (y, x) => {
          for (const [i, sum] of sums.entries()) k.assign(sum, add(value(sum), read(y, x, few[i]!)));
        });
        for (const [i, sum] of sums.entries()) {
          put([rows.position, columns.position, channel], few[i]!, div(value(sum), count));
        }
      });
    });
  });
}

/** How many elements of the image a window holds. */
function countOf(rows: WindowSpan, columns: WindowSpan): Vec {
  const height = lengthOf(rows);
  const width = lengthOf(columns);
  if (height !== undefined && width !== undefined) return float(height * width);
  const length = ({ from, to }: WindowSpan): Vec => indexVec(Index.from(to).minus(from));
  return intToFloat(intMul(length(rows), length(columns)));
}

const averagePool2dGradOp: Op<Pool2dGradOptions> = {
  name: "averagePool2dGrad",
  infer: ([gradient], { imageShape }) => ({ shape: imageShape, scope: gradient!.scope }),
  // linear, and the transpose of the pooling: its gradient is the pooling
  grad: ({ gradient, attributes: { poolSize, strides, padding } }) => [
    averagePool2d(gradient, { poolSize, strides, padding }),
  ],
  kernel: {
    kind: "loops",
    build: (context) => {
      const { k, inputs } = context;
      const [gradient] = inputs as [Reader];
      buildScatter(context, ({ rows, columns, channel, vectors }) => {
        const position = flatten([rows.position, columns.position, channel], gradient.type.shape);
        const count = countOf(rows, columns);
        const shares = vectors.map((v) => k.let(div(gradient.at(position, v), count)));
        return (_y, _x, i) => shares[i]!;
      });
    },
  },
  reference: ({ inputs: [gradient], attributes, type }) => {
    const dx = new Float64Array(sizeOf(type.shape));
    mapWindows(type.shape, attributes, (window, elements) => {
      for (const element of elements) dx[element]! += gradient![window]! / elements.length;
    });
    return dx;
  },
  onnx: { unsupported: "gradients belong to training" },
  print: printPool,
};

function averagePool2dGrad(gradient: Node, options: Pool2dGradOptions): Node {
  return apply(averagePool2dGradOp, [gradient], options);
}

/**
 * The mean of each window over images `[height, width, channels]`, channel by channel. At borders it is the mean of the
 * elements inside the image: padding does not count.
 */
export function averagePool2d(image: Node, options: Pool2dOptions): Node {
  return apply(averagePool2dOp, [image], options);
}

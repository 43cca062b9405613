/** Ops that rearrange elements: reshape, transpose, reverse. */
import { GraphError } from "../graph/error.ts";
import { apply } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { Op } from "../graph/op.ts";
import { formatShape, sameShape, sizeOf } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { flatten } from "../kernel/index-expr.ts";
import { onnxIntegers, resolveAxes } from "./axes.ts";
import { forEachPosition } from "./loops.ts";

interface ReshapeAttributes {
  readonly shape: Shape;
}

const reshapeOp: Op<ReshapeAttributes> = {
  name: "reshape",
  infer: ([x], { shape }) => {
    if (sizeOf(shape) !== sizeOf(x!.shape)) {
      throw new GraphError(
        `reshape: ${formatShape(x!.shape)} has ${sizeOf(x!.shape)} elements and ${formatShape(shape)} has ` +
          `${sizeOf(shape)}. Give a shape with as many elements.`,
      );
    }
    return { shape, scope: x!.scope };
  },
  // y = x in another shape, so dx = dy in x's shape
  grad: ({ inputs: [x], gradient }) => [reshape(gradient, x!.type.shape)],
  kernel: { kind: "view" },
  reference: ({ inputs: [x] }) => x!.slice(),
  onnx: ({ inputs: [x], type, node, constant }) => {
    const shape = type.scope === "sample" ? [-1, ...type.shape] : type.shape;
    return node("Reshape", [x!, constant(BigInt64Array.from(shape, BigInt), [shape.length])]);
  },
  print: ({ shape }) => formatShape(shape),
};

interface TransposeAttributes {
  /** Axis i of the result is axis `axes[i]` of the operand. */
  readonly axes: readonly number[];
}

const transposeOp: Op<TransposeAttributes> = {
  name: "transpose",
  infer: ([x], { axes }) => {
    const rank = x!.shape.length;
    if (axes.length !== rank || new Set(axes).size !== rank || axes.some((axis) => x!.shape[axis] === undefined)) {
      throw new GraphError(
        `transpose: the axes [${axes.join(", ")}] are not an order of the ${rank} axes of ${formatShape(x!.shape)}. ` +
          `Name each of the axes 0 to ${rank - 1} once.`,
      );
    }
    return { shape: axes.map((axis) => x!.shape[axis]!), scope: x!.scope };
  },
  // y[i_axes] = x[i], so dx is dy with the axes in their old order
  grad: ({ gradient, attributes: { axes } }) => [
    transpose(
      gradient,
      axes.map((_, axis) => axes.indexOf(axis)),
    ),
  ],
  kernel: {
    kind: "loops",
    build: ({ k, inputs: [x], attributes: { axes }, type, vectors, put }) => {
      forEachPosition(k, type.shape, (coordinates) => {
        const source = axes.map((_, axis) => coordinates[axes.indexOf(axis)]!);
        const position = flatten(source, x!.type.shape);
        k.for(0, vectors, (v) => put(coordinates, v, x!.at(position, v)), { unroll: 4 });
      });
    },
  },
  reference: ({ inputs: [x], types: [from], attributes: { axes }, type }) => {
    const stride = from!.shape.map((_, axis) => sizeOf(from!.shape.slice(axis + 1)));
    return Float64Array.from({ length: x!.length }, (_, element) => {
      let rest = element;
      let position = 0;
      for (let axis = axes.length - 1; axis >= 0; axis--) {
        position += (rest % type.shape[axis]!) * stride[axes[axis]!]!;
        rest = Math.floor(rest / type.shape[axis]!);
      }
      return x![position]!;
    });
  },
  onnx: ({ inputs: [x], attributes: { axes }, type, node }) => {
    const perm = type.scope === "sample" ? [0, ...axes.map((axis) => axis + 1)] : axes;
    return node("Transpose", [x!], { perm });
  },
  print: ({ axes }) => `[${axes.join(", ")}]`,
};

interface ReverseAttributes {
  readonly axes: readonly number[];
}

const reverseOp: Op<ReverseAttributes> = {
  name: "reverse",
  infer: ([x]) => x!,
  // y[i] = x[n − 1 − i] along the axes, so dx is dy in the same way
  grad: ({ gradient, attributes: { axes } }) => [reverse(gradient, axes)],
  kernel: {
    kind: "loops",
    build: ({ k, inputs: [x], attributes: { axes }, type: { shape }, vectors, put }) => {
      forEachPosition(k, shape, (coordinates) => {
        const source = coordinates.map((coordinate, axis) =>
          axes.includes(axis) ? coordinate.times(-1).plus(shape[axis]! - 1) : coordinate,
        );
        const position = flatten(source, shape);
        k.for(0, vectors, (v) => put(coordinates, v, x!.at(position, v)), { unroll: 4 });
      });
    },
  },
  reference: ({ inputs: [x], attributes: { axes }, type: { shape } }) =>
    x!.map((_, element) => {
      let position = element;
      for (const axis of axes) {
        const stride = sizeOf(shape.slice(axis + 1));
        const coordinate = Math.floor(element / stride) % shape[axis]!;
        position += (shape[axis]! - 1 - 2 * coordinate) * stride;
      }
      return x![position]!;
    }),
  onnx: (context) => {
    const { axes } = context.attributes;
    const first = context.type.scope === "sample" ? 1 : 0;
    // From the last element backwards, to an end that lies before the first: ends count from the axis's own end.
    const starts = axes.map(() => -1);
    const ends = axes.map((axis) => -1 - context.type.shape[axis]!);
    const settings = [starts, ends, axes.map((axis) => axis + first), axes.map(() => -1)];
    return context.node("Slice", [context.inputs[0]!, ...settings.map((list) => onnxIntegers(context, list))]);
  },
  print: ({ axes }) => `axes [${axes.join(", ")}]`,
};

/** The same elements, row-major, in another shape of as many elements. */
export function reshape(x: Node, shape: Shape): Node {
  return sameShape(x.type.shape, shape) ? x : apply(reshapeOp, [x], { shape });
}

/** Reorders axes: axis i of the result is axis `axes[i]` of `x`. */
export function transpose(x: Node, axes: readonly number[]): Node {
  return axes.length === x.type.shape.length && axes.every((axis, i) => axis === i)
    ? x
    : apply(transposeOp, [x], { axes });
}

/** The elements in the opposite order along each of `axes`; negative axes count from the end. */
export function reverse(x: Node, axes: readonly number[]): Node {
  const resolved = resolveAxes("reverse", x.type.shape, axes).filter((axis) => x.type.shape[axis] !== 1);
  return resolved.length === 0 ? x : apply(reverseOp, [x], { axes: resolved });
}

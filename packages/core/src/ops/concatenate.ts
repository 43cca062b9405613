/** Joining tensors along an axis. */
import { GraphError } from "../graph/error.ts";
import { apply } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { Op } from "../graph/op.ts";
import { formatType, sizeOf } from "../graph/tensor-type.ts";
import type { TensorType } from "../graph/tensor-type.ts";
import { flatten } from "../kernel/index-expr.ts";
import { resolveAxes } from "./axes.ts";
import { forEachPosition } from "./loops.ts";
import { slice } from "./slice.ts";
import { sumTo } from "./sum.ts";

interface ConcatenateAttributes {
  readonly axis: number;
}

const concatenateOp: Op<ConcatenateAttributes> = {
  name: "concatenate",
  infer: (types, { axis }) => {
    checkShapes(types, axis);
    const total = startsOf(types, axis).at(-1)! + types.at(-1)!.shape[axis]!;
    return {
      shape: types[0]!.shape.map((size, i) => (i === axis ? total : size)),
      scope: types.some(({ scope }) => scope === "sample") ? "sample" : "shared",
    };
  },
  // y holds each x from its start on, so dx is that part of dy
  grad: ({ inputs, gradient, attributes: { axis } }) => {
    const types = inputs.map(({ type }) => type);
    return startsOf(types, axis).map((start, i) => {
      const begin = types[i]!.shape.map((_, own) => (own === axis ? start : 0));
      return sumTo(slice(gradient, { begin, size: types[i]!.shape }), types[i]!);
    });
  },
  kernel: {
    kind: "loops",
    build: ({ k, inputs, attributes: { axis }, vectors, put }) => {
      const types = inputs.map(({ type }) => type);
      for (const [i, start] of startsOf(types, axis).entries()) {
        const { at, type } = inputs[i]!;
        forEachPosition(k, type.shape, (coordinates) => {
          const position = flatten(coordinates, type.shape);
          const target = coordinates.with(axis, coordinates[axis]!.plus(start));
          k.for(0, vectors, (v) => put(target, v, at(position, v)), { unroll: 4 });
        });
      }
    },
  },
  reference: ({ inputs, types, attributes: { axis } }) => {
    // Along the axes before, each operand gives a run of neighbours in turn.
    const runs = types.map(({ shape }) => sizeOf(shape.slice(axis)));
    const count = sizeOf(types[0]!.shape.slice(0, axis));
    const parts = Array.from({ length: count }, (_, run) =>
      inputs.flatMap((x, i) => [...x.subarray(run * runs[i]!, (run + 1) * runs[i]!)]),
    );
    return Float64Array.from(parts.flat());
  },
  onnx: ({ inputs, types, attributes: { axis }, type, node }) => {
    if (types.some(({ scope }) => scope !== type.scope)) {
      throw new GraphError(
        `concatenate: ONNX joins tensors that all have a batch axis or all have none, and got ` +
          `${types.map(formatType).join(", ")}. Add the shared one to a per-sample tensor of zeros first.`,
      );
    }
    return node("Concat", inputs, { axis: type.scope === "sample" ? axis + 1 : axis });
  },
  print: ({ axis }) => `axis ${axis}`,
};

/** Where each operand begins in the result. */
function startsOf(types: readonly TensorType[], axis: number): number[] {
  let end = 0;
  return types.map(({ shape }) => {
    const start = end;
    end += shape[axis]!;
    return start;
  });
}

function checkShapes(types: readonly TensorType[], axis: number): void {
  const first = types[0]!.shape;
  const fits = types.every(
    ({ shape }) => shape.length === first.length && shape.every((size, i) => i === axis || size === first[i]),
  );
  if (fits) return;
  throw new GraphError(
    `concatenate: ${types.map(formatType).join(", ")} cannot be joined along axis ${axis}. ` +
      "Their shapes may differ along that axis only: reshape, pad or slice what does not fit.",
  );
}

/**
 * The operands one after the other along an axis of the sample; a negative axis counts from the end. The result is per sample
 * if any operand is, and repeats the shared ones for every sample.
 */
export function concatenate(operands: readonly Node[], axis: number): Node {
  const [first] = operands;
  if (first === undefined) throw new GraphError("concatenate: got no tensors. Give at least one.");
  const [resolved] = resolveAxes("concatenate", first.type.shape, [axis]);
  return operands.length === 1 ? first : apply(concatenateOp, operands, { axis: resolved! });
}

/** Broadcasting, as the element-wise ops' references and ONNX rules need it; the rule itself is `broadcastShapes`. */
import { GraphError } from "../graph/error.ts";
import type { OnnxContext } from "../graph/op.ts";
import { broadcastShapes, formatShape, sizeOf } from "../graph/tensor-type.ts";
import type { Shape, TensorType } from "../graph/tensor-type.ts";

/** The type of an element-wise result: the common shape; per sample if any operand is. */
export function broadcastTypes(opName: string, types: readonly TensorType[]): TensorType {
  let shape: Shape = [];
  for (const type of types) {
    const common = broadcastShapes(shape, type.shape);
    if (common === undefined) {
      throw new GraphError(
        `${opName}: the shapes ${types.map((t) => formatShape(t.shape)).join(" and ")} do not fit together. ` +
          "Aligned at the end, the sizes of each axis must be equal, or one of them 1: reshape or broadcast an operand.",
      );
    }
    shape = common;
  }
  return { shape, scope: types.some((type) => type.scope === "sample") ? "sample" : "shared" };
}

/** For every element of `to`, row-major, the flat position of the element of `from` that it is a copy of. */
export function broadcastPositions(from: Shape, to: Shape): Int32Array {
  const positions = new Int32Array(sizeOf(to));
  const offset = to.length - from.length;
  let span = 1;
  let stride = 1;
  for (let axis = to.length - 1; axis >= 0; axis--) {
    const size = to[axis] ?? 1;
    const own = from[axis - offset] ?? 1;
    if (own !== 1) {
      for (let i = 0; i < positions.length; i++) positions[i]! += (Math.floor(i / span) % size) * stride;
    }
    span *= size;
    stride *= own;
  }
  return positions;
}

/**
 * The name of an operand in ONNX, where shapes are aligned at the end and the batch stands in front: a per-sample operand
 * of lower rank gets axes of size 1 behind the batch.
 */
export function alignedOnnxInput(context: OnnxContext<unknown>, position: number): string {
  const name = context.inputs[position]!;
  const { shape, scope } = context.types[position]!;
  const missing = context.type.shape.length - shape.length;
  if (scope === "shared" || missing === 0) return name;
  const aligned = [-1, ...new Array<number>(missing).fill(1), ...shape];
  return context.node("Reshape", [name, context.constant(BigInt64Array.from(aligned, BigInt), [aligned.length])]);
}

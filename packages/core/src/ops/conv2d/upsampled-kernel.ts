/**
 * The kernel of a transposed convolution that equals upsampling followed by a convolution.
 *
 * Upsampling by s repeats x: up[j] = x[⌊j / s⌋]. A convolution of it, y[i] = Σ_t W[t] · up[i + t − b], gathers for each x[p] the weights
 * W[t] with ⌊(i + t − b) / s⌋ = p. With u = i − s·p + (k − 1 − b) these are t = k − 1 + e − u for 0 ≤ e < s, so y is the transposed
 * convolution of x, stride s, with K[u] = Σ_e W[k − 1 + e − u]: of (k + s − 1)² weights instead of k², each image element meets
 * ((k + s − 1) / s)² instead of k². For 3×3 kernels and doubling that is 4 instead of 9, and the large image is never made.
 */
import { apply } from "../../graph/node.ts";
import type { Node } from "../../graph/node.ts";
import type { LoopContext, Op } from "../../graph/op.ts";
import { formatShape, shared, sizeOf } from "../../graph/tensor-type.ts";
import { flatten } from "../../kernel/index-expr.ts";
import { add, float } from "../../kernel/vec.ts";
import { range } from "../tile.ts";

interface Attributes {
  /** The factors of the upsampling. */
  readonly size: readonly [number, number];
  /** Rows and columns of W. */
  readonly kernelSize: readonly [number, number];
}

const onnx = { unsupported: "it comes from rewriting, after export" };
const print = ({ size }: Attributes): string => `upsampling ${formatShape(size)}`;

const mergeOp: Op<Attributes> = {
  name: "mergeUpSampling",
  infer: ([w], { size, kernelSize }) => {
    const [, , inputs, outputs] = (w as Node["type"]).shape as Shape4;
    return shared([kernelSize[0] + size[0] - 1, kernelSize[1] + size[1] - 1, outputs, inputs]);
  },
  // Linear: the gradient is the transpose.
  grad: ({ gradient, attributes }) => [split(gradient, attributes)],
  kernel: { kind: "loops", build: (context) => build(context, "merged") },
  reference: ({ inputs, attributes, type }) => {
    const k = new Float64Array(sizeOf(type.shape));
    const [, , outputs, channels] = type.shape as Shape4;
    visitWeights(attributes, outputs, channels, (weight, merged) => {
      k[merged]! += inputs[0]![weight]!;
    });
    return k;
  },
  onnx,
  print,
};

const splitOp: Op<Attributes> = {
  name: "splitUpSampling",
  infer: ([k], { kernelSize }) => {
    const [, , outputs, inputs] = (k as Node["type"]).shape as Shape4;
    return shared([...kernelSize, inputs, outputs]);
  },
  grad: ({ gradient, attributes }) => [merge(gradient, attributes)],
  kernel: { kind: "loops", build: (context) => build(context, "weights") },
  reference: ({ inputs, attributes, type }) => {
    const w = new Float64Array(sizeOf(type.shape));
    const [, , channels, outputs] = type.shape as Shape4;
    visitWeights(attributes, outputs, channels, (weight, merged) => {
      w[weight]! += inputs[0]![merged]!;
    });
    return w;
  },
  onnx,
  print,
};

type Shape4 = readonly [number, number, number, number];

/** W [KH, KW, in, out] → K [KH + sy − 1, KW + sx − 1, out, in], a kernel of a transposed convolution. */
export function mergeUpSampling(w: Node, size: readonly [number, number]): Node {
  const [height, width] = w.type.shape as Shape4;
  return merge(w, { size, kernelSize: [height, width] });
}

/** The transpose of merging: what a gradient of K is as one of W. */
export function splitUpSampling(k: Node, size: readonly [number, number], kernelSize: readonly [number, number]): Node {
  return split(k, { size, kernelSize });
}

function merge(w: Node, attributes: Attributes): Node {
  return apply(mergeOp, [w], attributes);
}

function split(k: Node, attributes: Attributes): Node {
  return apply(splitOp, [k], attributes);
}

/** The positions t of one kernel that are summed into (or gathered from) position u of the other. */
function partners(position: number, kernel: number, factor: number, from: "merged" | "weights"): number[] {
  const candidates = range(factor).map((e) => kernel - 1 + e - position);
  return from === "weights" ? candidates : candidates.filter((t) => t >= 0 && t < kernel);
}

/** Rows and columns are few and written out; channels are looped over. Both kernels are read and written transposed. */
function build({ k, inputs, attributes, type, put }: LoopContext<Attributes>, result: "merged" | "weights"): void {
  const { size, kernelSize } = attributes;
  const source = inputs[0]!;
  const [height, width, first, second] = type.shape as Shape4;
  for (const u of range(height)) {
    const rows = partners(u, kernelSize[0], size[0], result);
    for (const v of range(width)) {
      const columns = partners(v, kernelSize[1], size[1], result);
      k.for(0, first, (i) =>
        k.for(0, second, (j) => {
          const terms = rows.flatMap((row) =>
            columns.map((column) => source.at(flatten([row, column, j, i], source.type.shape))),
          );
          put([u, v, i, j], 0, terms.length === 0 ? float(0) : terms.reduce(add));
        }),
      );
    }
  }
}

/** Every pair of flat positions in W and in K that belong together. */
function visitWeights(
  { size, kernelSize }: Attributes,
  outputs: number,
  channels: number,
  visit: (weight: number, merged: number) => void,
): void {
  const [height, width] = kernelSize;
  const mergedWidth = width + size[1] - 1;
  for (let s = 0; s < height; s++) {
    for (let t = 0; t < width; t++) {
      for (let e = 0; e < size[0]; e++) {
        for (let f = 0; f < size[1]; f++) {
          const [u, v] = [height - 1 + e - s, width - 1 + f - t];
          for (let c = 0; c < channels; c++) {
            for (let o = 0; o < outputs; o++) {
              visit(
                ((s * width + t) * channels + c) * outputs + o,
                ((u * mergedWidth + v) * outputs + o) * channels + c,
              );
            }
          }
        }
      }
    }
  }
}

/**
 * Dense layers: y[o] = Σ_i W[i, o] · x[i] along the last axis, the same product with W transposed, and the gradient of W.
 * The three are closed under differentiation.
 */
import { GraphError } from "../graph/error.ts";
import { apply } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { BatchContext, BatchReader, LoopContext, Op, Reader, Reference } from "../graph/op.ts";
import { formatShape, formatType, perSample, shared, sizeOf } from "../graph/tensor-type.ts";
import type { TensorType } from "../graph/tensor-type.ts";
import { flatten, Index } from "../kernel/index-expr.ts";
import { float } from "../kernel/vec.ts";
import { forEachPosition } from "./loops.ts";
import { putProductSums } from "./product-sums.ts";
import { evenSegments, forEachVectorBlock, range, rowsPerTile, segments, Tile } from "./tile.ts";

/** How many terms are added up before the next outputs take their turn, so that their operands stay in the L1 cache. */
const TERMS_PER_BLOCK = 128;
/** The kernel's gradient is computed in blocks of six rows of W, as many as a tile has, and eight columns: neighbours in fours and eights. */
const GRADIENT_ROWS = 6;
const GRADIENT_COLUMNS = 8;

const denseOp: Op<null> = {
  name: "dense",
  infer([x, w]) {
    const [inputs, outputs] = checkOperands("dense", x as TensorType, w as TensorType);
    const { shape } = x as TensorType;
    if (shape.at(-1) !== inputs) throw mismatch("dense", x as TensorType, w as TensorType, inputs);
    return perSample([...shape.slice(0, -1), outputs]);
  },
  // y = xW: ∂L/∂x = ∂L/∂y · Wᵀ, ∂L/∂W = Σ xᵀ · ∂L/∂y
  grad: ({ inputs: [x, w], gradient }) => [denseTranspose(gradient, w as Node), denseKernelGrad(x as Node, gradient)],
  kernel: { kind: "loops", build: (context) => buildProduct(context, (term, output, n) => term.times(n).plus(output)) },
  reference: (context) => product(context, (term, output, n) => term * n + output),
  onnx: ({ inputs, node }) => node("MatMul", inputs),
};

const denseTransposeOp: Op<null> = {
  name: "denseTranspose",
  infer([x, w]) {
    const [inputs, outputs] = checkOperands("denseTranspose", x as TensorType, w as TensorType);
    const { shape } = x as TensorType;
    if (shape.at(-1) !== outputs) throw mismatch("denseTranspose", x as TensorType, w as TensorType, outputs);
    return perSample([...shape.slice(0, -1), inputs]);
  },
  // y = xWᵀ: ∂L/∂x = ∂L/∂y · W, ∂L/∂W = Σ (∂L/∂y)ᵀ · x
  grad: ({ inputs: [x, w], gradient }) => [dense(gradient, w as Node), denseKernelGrad(gradient, x as Node)],
  kernel: { kind: "loops", build: (context) => buildProduct(context, (term, output, n) => output.times(n).plus(term)) },
  reference: (context) => product(context, (term, output, n) => output * n + term),
  onnx: ({ inputs: [x, w], node }) => node("MatMul", [x as string, node("Transpose", [w as string], { perm: [1, 0] })]),
};

const denseKernelGradOp: Op<null> = {
  name: "denseKernelGrad",
  infer: ([x, y]) => shared([(x as TensorType).shape.at(-1) as number, (y as TensorType).shape.at(-1) as number]),
  // W = Σ xᵀy: ∂L/∂x = y · (∂L/∂W)ᵀ, ∂L/∂y = x · ∂L/∂W
  grad: ({ inputs: [x, y], gradient }) => [denseTranspose(y as Node, gradient), dense(x as Node, gradient)],
  kernel: {
    kind: "batchSum",
    units: ([x]) => Math.ceil(lastOf(x as TensorType) / GRADIENT_ROWS),
    build: buildKernelGrad,
  },
  reference({ inputs: [x, y], types }) {
    const [rows, columns] = [lastOf(types[0] as TensorType), lastOf(types[1] as TensorType)];
    const result = new Float64Array(rows * columns);
    for (let p = 0; p < positionsOf(types[0] as TensorType); p++) {
      for (let i = 0; i < rows; i++) {
        for (let o = 0; o < columns; o++) {
          result[i * columns + o]! += (x as Float64Array)[p * rows + i]! * (y as Float64Array)[p * columns + o]!;
        }
      }
    }
    return result;
  },
  onnx: { unsupported: "it appears in training only" },
};

/** [..., in] · [in, out] → [..., out] */
export function dense(x: Node, w: Node): Node {
  return apply(denseOp, [x, w], null);
}

/** [..., out] · [in, out]ᵀ → [..., in] */
export function denseTranspose(x: Node, w: Node): Node {
  return apply(denseTransposeOp, [x, w], null);
}

/** Σ over samples and positions of xᵀ · y: [..., in], [..., out] → shared [in, out] */
export function denseKernelGrad(x: Node, y: Node): Node {
  return apply(denseKernelGradOp, [x, y], null);
}

/** The flat position in W of the weight that multiplies a term of an output. */
type WeightIndex = (term: Index, output: Index, rowLength: number) => Index;

function buildProduct(context: LoopContext<null>, weightIndex: WeightIndex): void {
  const { k, inputs, type, vectors, put, putPartial, partial } = context;
  const [x, w] = inputs as [Reader, Reader];
  const numTerms = lastOf(x.type);
  const numOutputs = lastOf(type);
  const rowLength = lastOf(w.type);
  const leading = type.shape.slice(0, -1);

  forEachPosition(k, leading, (coordinates) => {
    const position = flatten(coordinates, leading);
    const lastBlock = Math.floor((numTerms - 1) / TERMS_PER_BLOCK) * TERMS_PER_BLOCK;
    if (lastBlock > 0) {
      k.for(0, numOutputs, (output) =>
        k.for(0, vectors, (vector) => putPartial([...coordinates, output], vector, float(0)), { unroll: 4 }),
      );
      k.for(0, lastBlock, (start) => addBlock(start, TERMS_PER_BLOCK, putPartial), { step: TERMS_PER_BLOCK });
    }
    addBlock(Index.constant(lastBlock), numTerms - lastBlock, put);

    /** Adds the terms start … start + count − 1 of every output, and writes the sums. */
    function addBlock(start: Index, count: number, write: typeof put): void {
      for (const { from, to, size } of evenSegments(numOutputs, rowsPerTile(k, vectors))) {
        k.for(
          from,
          to,
          (output) =>
            forEachVectorBlock(k, vectors, (first, columns) => {
              const at = (row: number): Index[] => [...coordinates, output.plus(row)];
              const tile = new Tile(k, size, columns, (row, column) =>
                lastBlock > 0 ? partial(at(row), first.plus(column)) : float(0),
              );
              const addTerm = (term: Index): void =>
                tile.multiplyAdd(
                  range(size).map((row) => w.at(weightIndex(start.plus(term), output.plus(row), rowLength))),
                  range(columns).map((column) =>
                    x.at(position.times(numTerms).plus(start).plus(term), first.plus(column)),
                  ),
                );
              k.for(0, count, addTerm, { unroll: 4 });
              tile.forEachRow((row, column, sum) => write(at(row), first.plus(column), sum));
            }),
          { step: size },
        );
      }
    }
  });
}

function buildKernelGrad({ k, inputs, vectors, microBatches, workspace, from, to, put }: BatchContext<null>): void {
  const [x, y] = inputs as [BatchReader, BatchReader];
  const numRows = lastOf(x.type);
  const numColumns = lastOf(y.type);
  let firstUnit = 0;
  for (const rows of segments(numRows, GRADIENT_ROWS)) {
    // Units count tiles of rows: whole tiles first, then the one that may be left over.
    const start = firstUnit;
    const end = start + rows.count;
    k.for(k.max(from, start), k.min(to, end), (unit) => {
      const row = unit.minus(start).times(rows.size).plus(rows.from);
      for (const { from, to, size } of segments(numColumns, GRADIENT_COLUMNS)) {
        k.for(from, to, (column) => compute(row, rows.size, column, size), { step: size });
      }
    });
    firstUnit = end;
  }

  function compute(row: Index, rows: number, column: Index, columns: number): void {
    putProductSums(k, {
      rows,
      columns,
      vectors,
      workspace,
      forEachTerm: (multiply) =>
        k.for(0, microBatches, (microBatch) =>
          k.for(0, positionsOf(x.type), (position) =>
            multiply(
              (i, vector) => x.at(microBatch, position.times(numRows).plus(row).plus(i), vector),
              (j, vector) => y.at(microBatch, position.times(numColumns).plus(column).plus(j), vector),
            ),
          ),
        ),
      put: (i, j, count, sum) => put(row.plus(i).times(numColumns).plus(column).plus(j), count, sum),
    });
  }
}

function product(
  { inputs, types, type }: Parameters<Reference<null>>[0],
  weightIndex: (term: number, output: number, rowLength: number) => number,
): Float64Array {
  const [x, w] = inputs as [Float64Array, Float64Array];
  const numTerms = lastOf(types[0] as TensorType);
  const rowLength = lastOf(types[1] as TensorType);
  const numOutputs = lastOf(type);
  const result = new Float64Array(sizeOf(type.shape));
  for (const index of result.keys()) {
    const output = index % numOutputs;
    const start = Math.floor(index / numOutputs) * numTerms;
    for (let term = 0; term < numTerms; term++) {
      result[index]! += x[start + term]! * w[weightIndex(term, output, rowLength)]!;
    }
  }
  return result;
}

function checkOperands(name: string, x: TensorType, w: TensorType): readonly [number, number] {
  const [inputs = 0, outputs = 0] = w.shape;
  if (x.scope !== "sample" || x.shape.length === 0 || w.scope !== "shared" || w.shape.length !== 2) {
    throw new GraphError(
      `${name} multiplies [..., features] per sample by shared [inputs, outputs], and got ${formatType(x)} and ${formatType(w)}`,
    );
  }
  return [inputs, outputs];
}

function mismatch(name: string, x: TensorType, w: TensorType, expected: number): GraphError {
  return new GraphError(
    `${name}: weights of shape ${formatShape(w.shape)} need ${expected} features, and the input has shape ${formatShape(x.shape)}`,
  );
}

function lastOf(type: TensorType): number {
  return type.shape.at(-1) as number;
}

function positionsOf(type: TensorType): number {
  return sizeOf(type.shape.slice(0, -1));
}

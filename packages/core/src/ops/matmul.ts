/**
 * Products of matrices that belong to the sample: y = A · B for each position of the leading axes, either one transposed
 * where it is read. The three gradients that this gives are products of the same kind.
 */
import { GraphError } from "../graph/error.ts";
import { apply } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { LoopContext, Op, Reader } from "../graph/op.ts";
import { formatType, sameShape, sizeOf } from "../graph/tensor-type.ts";
import type { Shape, TensorType } from "../graph/tensor-type.ts";
import { flatten } from "../kernel/index-expr.ts";
import type { Index } from "../kernel/index-expr.ts";
import type { Vec } from "../kernel/vec.ts";
import { forEachPosition } from "./loops.ts";
import { sumTo } from "./sum.ts";
import { chooseTile, evenSegments, range, Tile } from "./tile.ts";

export interface MatmulOptions {
  /** Read the left matrices as [..., k, m]. Default: false. */
  readonly transposeLeft?: boolean;
  /** Read the right matrices as [..., n, k]. Default: false. */
  readonly transposeRight?: boolean;
}

type MatmulAttributes = Required<MatmulOptions>;

const matmulOp: Op<MatmulAttributes> = {
  name: "matmul",
  infer: ([left, right], attributes) => {
    const { leading, rows, columns } = checkOperands(left!, right!, attributes);
    const scope = left!.scope === "shared" && right!.scope === "shared" ? "shared" : "sample";
    return { shape: [...leading, rows, columns], scope };
  },
  // Y = AB: dA = dY · Bᵀ, dB = Aᵀ · dY; where A is read as Aᵀ, what it gets is transposed too: dA = B · dYᵀ
  grad: ({ inputs: [left, right], gradient, attributes: { transposeLeft, transposeRight } }) => [
    sumTo(
      transposeLeft
        ? matmul(right!, gradient, { transposeLeft: transposeRight, transposeRight: true })
        : matmul(gradient, right!, { transposeRight: !transposeRight }),
      left!.type,
    ),
    sumTo(
      transposeRight
        ? matmul(gradient, left!, { transposeLeft: true, transposeRight: transposeLeft })
        : matmul(left!, gradient, { transposeLeft: !transposeLeft }),
      right!.type,
    ),
  ],
  kernel: { kind: "loops", build: buildMatmul },
  reference: ({ inputs: [left, right], types, attributes, type }) => {
    const { rows, terms, columns } = checkOperands(types[0]!, types[1]!, attributes);
    const { transposeLeft, transposeRight } = attributes;
    return Float64Array.from({ length: sizeOf(type.shape) }, (_, element) => {
      const column = element % columns;
      const row = Math.floor(element / columns) % rows;
      const matrix = Math.floor(element / columns / rows);
      let sum = 0;
      for (let term = 0; term < terms; term++) {
        const a = transposeLeft ? term * rows + row : row * terms + term;
        const b = transposeRight ? column * terms + term : term * columns + column;
        sum += left![matrix * rows * terms + a]! * right![matrix * terms * columns + b]!;
      }
      return sum;
    });
  },
  onnx: ({ inputs, types, attributes: { transposeLeft, transposeRight }, node }) => {
    const operand = (position: number, transposed: boolean): string => {
      const { shape, scope } = types[position]!;
      const axes = range(shape.length + (scope === "sample" ? 1 : 0));
      const perm = [...axes.slice(0, -2), axes.length - 1, axes.length - 2];
      return transposed ? node("Transpose", [inputs[position]!], { perm }) : inputs[position]!;
    };
    return node("MatMul", [operand(0, transposeLeft), operand(1, transposeRight)]);
  },
  print: ({ transposeLeft, transposeRight }) => `${transposeLeft ? "Aᵀ" : "A"}${transposeRight ? "Bᵀ" : "B"}`,
};

/** In tiles of rows × columns; all lane vectors of a tile in turn, so that the cache lines that they share are read once. */
function buildMatmul({ k, inputs, attributes, vectors, put }: LoopContext<MatmulAttributes>): void {
  const [left, right] = inputs as [Reader, Reader];
  const { transposeLeft, transposeRight } = attributes;
  const { leading, rows, columns, terms } = checkOperands(left.type, right.type, attributes);
  const tile = chooseTile(rows, columns);
  const at = ({ type: { shape }, at }: Reader, matrix: Index, swap: boolean, i: Index, j: Index, v: Index): Vec => {
    const [height, width] = shape.slice(-2) as [number, number];
    return at(flatten(swap ? [matrix, j, i] : [matrix, i, j], [1, height, width]), v);
  };

  forEachPosition(k, leading, (coordinates) => {
    const matrix = flatten(coordinates, leading);
    for (const rowTiles of evenSegments(rows, tile.rows)) {
      for (const columnTiles of evenSegments(columns, tile.columns)) {
        const compute = (row: Index, column: Index, v: Index): void => {
          const sums = new Tile(k, rowTiles.size, columnTiles.size);
          const addTerm = (term: Index): void =>
            sums.multiplyAdd(
              range(rowTiles.size).map((i) => at(left, matrix, transposeLeft, row.plus(i), term, v)),
              range(columnTiles.size).map((j) => at(right, matrix, transposeRight, term, column.plus(j), v)),
            );
          k.for(0, terms, addTerm, { unroll: 2 });
          sums.forEach((i, j, sum) => put([...coordinates, row.plus(i), column.plus(j)], v, sum));
        };
        k.for(
          rowTiles.from,
          rowTiles.to,
          (row) =>
            k.for(columnTiles.from, columnTiles.to, (column) => k.for(0, vectors, (v) => compute(row, column, v)), {
              step: columnTiles.size,
            }),
          { step: rowTiles.size },
        );
      }
    }
  });
}

interface MatmulGeometry {
  readonly leading: Shape;
  readonly rows: number;
  readonly terms: number;
  readonly columns: number;
}

function checkOperands(
  left: TensorType,
  right: TensorType,
  { transposeLeft, transposeRight }: MatmulAttributes,
): MatmulGeometry {
  const leading = left.shape.slice(0, -2);
  const matrix = (shape: Shape, transposed: boolean): readonly number[] =>
    transposed ? shape.slice(-2).toReversed() : shape.slice(-2);
  const [rows = 0, terms = 0] = matrix(left.shape, transposeLeft);
  const [otherTerms = 0, columns = 0] = matrix(right.shape, transposeRight);
  const haveMatrices = left.shape.length >= 2 && right.shape.length >= 2;
  if (haveMatrices && terms === otherTerms && sameShape(leading, right.shape.slice(0, -2))) {
    return { leading, rows, terms, columns };
  }
  const form = (name: string, transposed: boolean, [a, b]: [string, string]): string =>
    transposed ? `${name} [..., ${b}, ${a}] read as its transpose` : `${name} [..., ${a}, ${b}]`;
  throw new GraphError(
    `matmul: got ${formatType(left)} and ${formatType(right)}, and multiplies ${form("the left", transposeLeft, ["m", "k"])} ` +
      `by ${form("the right", transposeRight, ["k", "n"])}, their leading axes equal. Transpose, reshape or broadcast an operand.`,
  );
}

/**
 * The product of matrices [..., m, k] · [..., k, n] → [..., m, n], for each position of the leading axes, which both have. The
 * result is per sample if either is.
 */
export function matmul(
  left: Node,
  right: Node,
  { transposeLeft = false, transposeRight = false }: MatmulOptions = {},
): Node {
  return apply(matmulOp, [left, right], { transposeLeft, transposeRight });
}

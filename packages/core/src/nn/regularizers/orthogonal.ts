import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { abs, div, maximum, mul, sqrt, square } from "../../ops/elementwise.ts";
import { matmul } from "../../ops/matmul.ts";
import { sum } from "../../ops/reduce.ts";
import type { ConfigReader } from "../config-reader.ts";
import { constantTensor } from "../constant-tensor.ts";
import { checkFactor } from "./l1-l2.ts";
import type { Regularizer } from "./regularizer.ts";

// Keras's epsilon: vectors shorter than this are not stretched to length 1.
const EPSILON = 1e-7;

export interface OrthogonalRegularizerOptions {
  /** What is to be orthogonal: the rows of a matrix, unless given, or its columns. */
  readonly mode?: "rows" | "columns";
}

/**
 * λ · the mean of |cos| of the angles between the rows of a matrix, or its columns: of a dense kernel [in, out], the columns are
 * the units' weights.
 *
 * @param factor λ, 0.01 unless given.
 * @throws RangeError unless the factor is a number from 0 on.
 */
export function orthogonalRegularizer(
  factor = 0.01,
  { mode = "rows" }: OrthogonalRegularizerOptions = {},
): Regularizer {
  checkFactor("orthogonalRegularizer", factor);
  return {
    className: "OrthogonalRegularizer",
    config: { factor, mode },
    penalty: (x) => mul(meanCosine(x, mode === "rows"), factor),
  };
}

function meanCosine(x: Node, isOfRows: boolean): Node {
  const { shape } = x.type;
  if (shape.length !== 2 || x.type.scope !== "shared") {
    throw new GraphError(
      `orthogonalRegularizer is for matrices such as the kernel of a dense layer; ${formatShape(shape)} came`,
    );
  }
  const [rows, columns] = shape as readonly [number, number];
  const size = isOfRows ? rows : columns;
  const squares = sum(square(x), [isOfRows ? 1 : 0], { keepDims: true });
  const unit = div(x, sqrt(maximum(squares, EPSILON ** 2)));
  const cosines = matmul(unit, unit, { transposeLeft: !isOfRows, transposeRight: isOfRows });
  const pairs = (size * (size - 1)) / 2;
  return mul(sum(abs(mul(cosines, offDiagonal(size)))), 0.5 / pairs);
}

/** Zeros on the diagonal, ones elsewhere. */
function offDiagonal(size: number): Node {
  const values = Float32Array.from({ length: size * size }, (_, index) => (index % (size + 1) === 0 ? 0 : 1));
  return constantTensor("off the diagonal", [size, size], values);
}

export function orthogonalRegularizerFromConfig(config: ConfigReader): Regularizer {
  const mode = config.string("mode", "rows");
  if (mode !== "rows" && mode !== "columns") {
    throw new RangeError(`"mode" of OrthogonalRegularizer must be "rows" or "columns"; "${mode}" came`);
  }
  return orthogonalRegularizer(config.optionalNumber("factor"), { mode });
}

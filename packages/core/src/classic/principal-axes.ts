/**
 * The axes of greatest variance of a centred table X [n × d], by whichever way is cheapest: XᵀX where it is small, XXᵀ where
 * there are fewer samples than values, and products with XᵀX alone where both are large.
 */
import type { Dataset } from "../data/dataset.ts";
import { BLOCK, largestEigen } from "./block-lanczos.ts";
import type { LargestEigen } from "./block-lanczos.ts";
import { compiledScatterMatrix, ScatterProduct } from "./compiled-scatter.ts";
import { addScaled, orthonormalize } from "./orthogonal-vectors.ts";
import type { RowEngine } from "./row-program.ts";
import { standardizedRows, transposedRows } from "./row-source.ts";
import type { RowSource } from "./row-source.ts";
import { scatterMatrix } from "./scatter-matrix.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** How the samples are centred and scaled. */
export interface Standardization {
  readonly mean: Float64Array;
  /** What differences from the mean are divided by; 1 unless given. */
  readonly scale?: Float64Array;
}

/** Up to this many rows a matrix is diagonalized in about two seconds. */
const SMALL = 1024;
/** With up to this many rows it takes a minute, and is done where many vectors are wanted. */
const LARGEST = 3072;
const MANY = 1 / 16;
/** So many products take a third of a second in float64. */
const EXACT_PRODUCTS = 2 ** 28;
/** What products in float32 allow for. */
const TOLERANCE = 1e-7;
/** The space of vectors that is searched takes 1 GiB at most. */
const SPACE_VALUES = 2 ** 27;
const LARGEST_SPACE = 2048;

/**
 * The `count` largest eigenvalues of XᵀX and their vectors, each of length d.
 *
 * @throws RangeError when both n and d are above 3,072 and so many axes are not found within bounds of memory.
 * @throws the reason of the engine's signal once that is aborted.
 */
export function principalAxes(
  data: Dataset,
  standardization: Standardization,
  count: number,
  engine: RowEngine,
): Promise<LargestEigen> {
  const size = standardization.mean.length;
  const smaller = Math.min(data.count, size);
  const isDirect = smaller <= SMALL || (smaller <= LARGEST && count > smaller * MANY);
  if (!isDirect) return axesByProducts(data, standardization, count, engine);
  return size <= data.count
    ? axesOfValues(data, standardization, count, engine)
    : axesOfSamples(data, standardization, count, engine);
}

/** Eigenvectors of XᵀX. */
async function axesOfValues(
  data: Dataset,
  { mean, scale }: Standardization,
  count: number,
  engine: RowEngine,
): Promise<LargestEigen> {
  const scatter = await scatterOf(standardizedRows(data, mean, scale), engine);
  const { values, vectors } = symmetricEigen(scatter, mean.length, { vectors: count });
  return { values: values.slice(0, count), vectors: split(vectors, mean.length) };
}

/** XXᵀ u = λ u gives XᵀX (Xᵀu) = λ (Xᵀu): the vectors are sums of samples. */
async function axesOfSamples(
  data: Dataset,
  { mean, scale }: Standardization,
  count: number,
  engine: RowEngine,
): Promise<LargestEigen> {
  const scatter = await scatterOf(transposedRows(data, mean, scale), engine);
  const { values, vectors: weights } = symmetricEigen(scatter, data.count, { vectors: count });
  const rows = standardizedRows(data, mean, scale);
  const row = new Float64Array(rows.size);
  const vectors = Array.from({ length: count }, () => new Float64Array(rows.size));
  for (let sample = 0; sample < data.count; sample++) {
    rows.write(sample, sample + 1, row);
    for (const [c, vector] of vectors.entries()) {
      addScaled(vector, row, weights[c * data.count + sample] as number);
    }
  }
  // They are orthogonal but for rounding, and those of the value 0 may be any that are orthogonal to the others.
  orthonormalize(vectors);
  return { values: values.slice(0, count), vectors };
}

async function axesByProducts(
  data: Dataset,
  { mean, scale }: Standardization,
  count: number,
  engine: RowEngine,
): Promise<LargestEigen> {
  const size = mean.length;
  const product = await ScatterProduct.compile(standardizedRows(data, mean, scale), BLOCK, engine);
  const maxSpace = Math.min(LARGEST_SPACE, Math.floor(SPACE_VALUES / size));
  try {
    return await largestEigen((vectors) => product.multiply(vectors), { size, count, tolerance: TOLERANCE, maxSpace });
  } finally {
    await product.dispose();
  }
}

/** Small tables are summed exactly, large ones by the compiled kernel. */
async function scatterOf(rows: RowSource, engine: RowEngine): Promise<Float64Array> {
  const isSmall = rows.count * rows.size ** 2 <= EXACT_PRODUCTS;
  const scatter = isSmall ? scatterMatrix(rows) : await compiledScatterMatrix(rows, engine);
  // What follows may take a minute without a pause.
  engine.signal?.throwIfAborted();
  return scatter;
}

function split(vectors: Float64Array, size: number): Float64Array[] {
  return Array.from({ length: vectors.length / size }, (_, i) => vectors.subarray(i * size, (i + 1) * size));
}

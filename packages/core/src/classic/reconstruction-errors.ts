/** How well principal components give samples back: the yardstick for autoencoders. */
import type { Dataset } from "../data/dataset.ts";
import { formatShape } from "../graph/tensor-type.ts";
import { engineOf } from "../nn/training/engine.ts";
import { dense, denseTranspose } from "../ops/dense.ts";
import { mul, square, sub } from "../ops/elementwise.ts";
import { inputNode, parameterNode } from "../ops/leaf.ts";
import { mean } from "../ops/reduce.ts";
import type { Device } from "../runtime/device.ts";
import type { PrincipalComponents } from "./pca.ts";
import { RowProgram } from "./row-program.ts";
import { standardizedRows } from "./row-source.ts";

export interface ReconstructionErrorOptions {
  /** How many of the components to use, the first ones; all unless given. */
  readonly components?: number;
  /** Where to compute; on the default device unless given. */
  readonly device?: Device;
  /** Ends it, with its reason as the error. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The mean squared error of each sample when it is reduced to its principal components and given back, in the units of
 * `value × data.scale` (standardized or not). Samples go through in batches; neither codes nor reconstructions are kept.
 *
 * @returns one error for each sample; their mean is the figure that Keras calls `mse`.
 * @throws RangeError when the samples have another number of values than those of the analysis, or it has fewer components.
 * @throws the reason of the signal once that is aborted.
 */
export async function reconstructionErrors(
  pca: PrincipalComponents,
  data: Dataset,
  { components = pca.numComponents, device, signal }: ReconstructionErrorOptions = {},
): Promise<Float32Array> {
  const size = pca.mean.length;
  check(pca, data, components);
  const engine = { ...(await engineOf(device)), signal };
  const row = inputNode("row", [size]);
  const axes = parameterNode("components", [components, size]);
  const scale = parameterNode("scale", [size]);
  const difference = sub(row, dense(denseTranspose(row, axes), axes));
  const errors = mean(square(pca.scale ? mul(difference, scale) : difference));
  engine.parameters.set(axes, pca.components.subarray(0, components * size));
  if (pca.scale) engine.parameters.set(scale, pca.scale);
  try {
    const program = await RowProgram.compile(standardizedRows(data, pca.mean, pca.scale), row, errors, engine);
    const result = new Float32Array(data.count);
    try {
      await program.forEachBatch((batch, from, to) => result.set(batch.subarray(0, to - from), from));
    } finally {
      await program.dispose();
    }
    return result;
  } finally {
    for (const parameter of [axes, scale]) engine.parameters.drop(parameter);
  }
}

function check({ shape, mean: { length }, numComponents }: PrincipalComponents, data: Dataset, wanted: number): void {
  const size = data.values.length / data.count;
  if (size !== length) {
    throw new RangeError(
      `the principal components are those of samples of shape ${formatShape(shape)}, ${length} values; ` +
        `${data.name} has samples of shape ${formatShape(data.shape)}, ${size} values`,
    );
  }
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= numComponents) return;
  throw new RangeError(`1 to ${numComponents} principal components were found; ${wanted} were asked for`);
}

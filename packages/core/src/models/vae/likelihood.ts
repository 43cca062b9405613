/**
 * How likely a sample is by its reconstruction, as a loss in nats for each sample: −log p(x | z), summed over the values. Each of the
 * losses is a distribution around the reconstruction:
 *
 * - `bce`: Bernoulli with the reconstruction as probability; Σ −x log y − (1 − x) log(1 − y). For grey values it is no
 *   likelihood, but is used as if it were.
 * - `mse`: Gaussian; Σ (x − y)² / 2σ² + ½ log 2πσ²
 * - `mae`: Laplacian; Σ |x − y| / σ + log 2σ
 */
import type { Node } from "../../graph/node.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { add, div, log, maximum, mul } from "../../ops/elementwise.ts";
import { stopGradient } from "../../ops/stop-gradient.ts";
import { overBatch } from "../../nn/training/model-graph.ts";
import type { ReconstructionLoss } from "../options/common-options.ts";
import { reconstructionLoss } from "../parts/reconstruction-terms.ts";

/** A reconstruction without any error would make the best scale 0, and the likelihood infinite. */
const SMALLEST_ERROR = 1e-6;

export interface LikelihoodSettings {
  readonly loss: ReconstructionLoss;
  /** The scale σ of the Gaussian or Laplacian; undefined for the likeliest of each batch. */
  readonly sigma: number | undefined;
}

/**
 * −log p(x | z) of each sample, in nats, of the shape [].
 *
 * Where σ is open it is the likeliest for the batch, σ² = mean (x − y)² (Rybkin et al. 2021, arXiv:2006.13202, equation 9), and
 * σ = mean |x − y| of the Laplacian. There the slope by σ is 0, so that gradients take it for a constant.
 */
export function negativeLogLikelihood(
  { loss, sigma }: LikelihoodSettings,
  target: Node,
  reconstruction: Node,
  sampleShare: Node,
): Node {
  const error = reconstructionLoss(loss, target, reconstruction);
  const best = (): Node => maximum(stopGradient(overBatch(error, sampleShare)), SMALLEST_ERROR);
  return mul(perValue[loss](error, sigma, best), sizeOf(target.type.shape));
}

/** −log p for each value, from the mean error and the scale. */
const perValue: Readonly<
  Record<ReconstructionLoss, (error: Node, sigma: number | undefined, best: () => Node) => Node>
> = {
  bce: (error) => error,
  mse: (error, sigma, best) => {
    const variance = sigma === undefined ? best() : sigma ** 2;
    return mul(add(div(error, variance), logOf(variance, 2 * Math.PI)), 0.5);
  },
  mae: (error, sigma, best) => {
    const scale = sigma ?? best();
    return add(div(error, scale), logOf(scale, 2));
  },
};

/** log(factor · x) */
function logOf(x: Node | number, factor: number): Node | number {
  return typeof x === "number" ? Math.log(factor * x) : add(log(x), Math.log(factor));
}

import type { ReconstructionLoss } from "../options/common-options.ts";
import type { ValueSummary } from "../values.ts";
import type { SparsityPenalty } from "./sparsity.ts";

interface SparsityChoices<Activation extends string> {
  readonly penalty: SparsityPenalty;
  readonly penaltyWeight: number | undefined;
  readonly codeActivation: Activation | undefined;
  readonly loss: ReconstructionLoss;
}

/** What the penalty on one unit weighs beside the variance of a value, which is the squared error that a model begins with. */
const SHARE_OF_VARIANCE: Readonly<Record<SparsityPenalty, number>> = { l1: 0.001, kl: 0.02, none: 0 };
/** How much steeper than the squared error the others are at the values that reconstructions miss. */
const STEEPNESS: Readonly<Record<ReconstructionLoss, number>> = { mse: 1, bce: 4, mae: 4 };

/**
 * Chooses the activation of the code and the weight of the penalty.
 *
 * @throws RangeError when the divergence is to be taken of activities that are no shares.
 */
export function decideSparsity<Activation extends string, Options extends SparsityChoices<Activation>>(
  { variance }: ValueSummary,
  options: Options,
): Options & { readonly penaltyWeight: number; readonly codeActivation: Activation | "sigmoid" | "relu" } {
  const { penalty, loss, codeActivation = penalty === "kl" ? "sigmoid" : "relu" } = options;
  if (penalty === "kl" && codeActivation !== "sigmoid") {
    throw new RangeError(
      `the penalty "kl" of the model "sparse" compares activities from 0 to 1 with a target, and needs the code activation ` +
        `"sigmoid"; "${codeActivation}" came. Leave it out, or take the penalty "l1"`,
    );
  }
  const byVariance = Number((SHARE_OF_VARIANCE[penalty] * STEEPNESS[loss] * variance).toPrecision(1));
  return { ...options, codeActivation, penaltyWeight: options.penaltyWeight ?? byVariance };
}

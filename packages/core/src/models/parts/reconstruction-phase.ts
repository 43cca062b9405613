import type { Model } from "../../nn/model/model.ts";
import type { TrainedPhase } from "../model-family.ts";
import type { ReconstructionLoss } from "../options/common-options.ts";
import { reconstructionTerms } from "./reconstruction-terms.ts";

/**
 * The training of an autoencoder that gives back what came in, with nothing else asked of it.
 *
 * @param share of the epochs, where it is not the only part of the training.
 */
export function reconstructionPhase(
  whole: Model,
  loss: ReconstructionLoss,
  { name = "training", share = 1 }: { readonly name?: string; readonly share?: number } = {},
): TrainedPhase {
  return {
    kind: "trained",
    name,
    share,
    inputs: whole.inputs,
    steps: ({ optimizer }) => [
      {
        name: "train",
        optimizer: optimizer(),
        trains: [whole],
        terms: ({ inputs: [target], call }) => reconstructionTerms(loss, target!, call(whole, target!)[0]!),
      },
    ],
  };
}

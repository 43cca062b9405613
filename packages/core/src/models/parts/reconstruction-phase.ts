import type { Model } from "../../nn/model/model.ts";
import type { TrainedPhase } from "../model-family.ts";
import type { ReconstructionLoss } from "../options/common-options.ts";
import { reconstructionTerms } from "./reconstruction-terms.ts";
import { singlePhase } from "./single-phase.ts";
import { targetOf } from "./target-of.ts";

/** The training of an autoencoder that gives back what came in, or its target, with nothing else asked of it. */
export function reconstructionPhase(whole: Model, loss: ReconstructionLoss): TrainedPhase {
  return singlePhase(whole, (scope) =>
    reconstructionTerms(loss, targetOf(scope), scope.call(whole, scope.inputs[0]!)[0]!),
  );
}

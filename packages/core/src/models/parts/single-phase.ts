import type { Model } from "../../nn/model/model.ts";
import type { StepTerms } from "../../nn/model/custom-trainer.ts";
import type { StepScope } from "../../nn/training/step-scope.ts";
import type { PhasePlan, TrainedPhase } from "../model-family.ts";

/**
 * A training in one part, with one step on each batch, which changes all of a model.
 *
 * @param terms what the step makes smaller.
 * @param measure what is measured with validation data, where that is something else.
 */
export function singlePhase(
  whole: Model,
  terms: (scope: StepScope, plan: PhasePlan) => StepTerms,
  measure?: (scope: StepScope) => StepTerms,
): TrainedPhase {
  return {
    kind: "trained",
    name: "training",
    share: 1,
    inputs: whole.inputs,
    steps: (plan) => [
      { name: "train", optimizer: plan.optimizer(), trains: [whole], terms: (scope) => terms(scope, plan) },
    ],
    ...(measure && { measure }),
  };
}

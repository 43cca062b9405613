import type { Node } from "../../graph/node.ts";
import type { StepData } from "../../nn/training/step-scope.ts";

/** What a model is to make of the samples of a batch: their targets where the data have such, else the samples themselves. */
export function targetOf({ inputs, targets }: StepData): Node {
  return targets[0] ?? (inputs[0] as Node);
}

import type { Node } from "../../graph/node.ts";
import { add } from "../../ops/elementwise.ts";
import type { StepTerms } from "../../nn/training/custom-trainer.ts";
import type { ReconstructionLoss } from "../options/common-options.ts";
import { reconstructionLoss, squaredError } from "./reconstruction-terms.ts";

/**
 * The loss of reconstructions and penalties on top. Reported are each penalty under its name, the reconstruction's part of the loss,
 * which is what the penalties leave of it, and the mean squared error, where those are not the same.
 *
 * @param penalties as they enter the loss, weighted: nodes of the shape [], shared or per sample.
 */
export function penalizedTerms(
  loss: ReconstructionLoss,
  target: Node,
  prediction: Node,
  penalties: Readonly<Record<string, Node>>,
): StepTerms {
  const reconstruction = reconstructionLoss(loss, target, prediction);
  return {
    loss: Object.values(penalties).reduce((sum, penalty) => add(sum, penalty), reconstruction),
    figures: {
      ...(loss !== "mse" && { reconstruction }),
      mse: squaredError(target, prediction),
      ...penalties,
    },
  };
}

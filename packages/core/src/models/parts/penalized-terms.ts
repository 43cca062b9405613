import type { Node } from "../../graph/node.ts";
import { add, mul } from "../../ops/elementwise.ts";
import type { StepTerms } from "../../nn/model/custom-trainer.ts";
import type { ReconstructionLoss } from "../options/common-options.ts";
import { reconstructionLoss, squaredError } from "./reconstruction-terms.ts";

/** What is added to a loss. */
export interface Penalty {
  /** A node of the shape [], shared or per sample. */
  readonly value: Node;
  readonly weight: number;
}

/**
 * The loss of reconstructions and weighted penalties on top. Reported are each penalty under its name, without its weight, the loss of
 * the reconstructions alone, and the mean squared error; the first of these two where it is not the second.
 */
export function penalizedTerms(
  loss: ReconstructionLoss,
  target: Node,
  prediction: Node,
  penalties: Readonly<Record<string, Penalty>>,
): StepTerms {
  const reconstruction = reconstructionLoss(loss, target, prediction);
  const values = Object.entries(penalties).map(([name, { value }]) => [name, value] as const);
  return {
    loss: Object.values(penalties).reduce((sum, { value, weight }) => add(sum, mul(value, weight)), reconstruction),
    figures: {
      ...(loss !== "mse" && { reconstruction }),
      mse: squaredError(target, prediction),
      ...Object.fromEntries(values),
    },
  };
}

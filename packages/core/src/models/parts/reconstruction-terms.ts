/** How reconstructions are compared with samples: what the loss is, what comes out of the last layer, and what is reported. */
import type { Node } from "../../graph/node.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { reshape } from "../../ops/shape.ts";
import { square, sub } from "../../ops/elementwise.ts";
import { mean } from "../../ops/reduce.ts";
import { losses } from "../../nn/losses/registry.ts";
import type { StepTerms } from "../../nn/model/custom-trainer.ts";
import type { ReconstructionLoss } from "../options/common-options.ts";
import { isUnitInterval } from "../values.ts";
import type { ValueSummary } from "../values.ts";

interface OutputChoices {
  readonly loss: ReconstructionLoss | undefined;
  readonly outputActivation: "linear" | "sigmoid" | "tanh" | undefined;
}

/**
 * Loss and last activation by the data: for values from 0 to 1 the crossentropy and a sigmoid, which keeps them there; else the
 * squared error, and no activation. Where one of the two is given, the other goes with it.
 *
 * @throws RangeError when the crossentropy is asked for values that are no probabilities.
 */
export function decideOutput<Options extends OutputChoices>(
  family: string,
  values: ValueSummary,
  options: Options,
): Options & { readonly loss: ReconstructionLoss; readonly outputActivation: "linear" | "sigmoid" | "tanh" } {
  const isUnit = isUnitInterval(values);
  if (options.loss === "bce" && !isUnit) {
    throw new RangeError(
      `the loss "bce" of the model "${family}" compares values from 0 to 1; values from ${values.min} to ${values.max} ` +
        'came. Scale the data, or take the loss "mse"',
    );
  }
  const { outputActivation = isUnit ? "sigmoid" : "linear" } = options;
  if (options.loss === "bce" && outputActivation !== "sigmoid") {
    throw new RangeError(
      `the loss "bce" of the model "${family}" needs the last activation "sigmoid"; "${outputActivation}" came`,
    );
  }
  const { loss = outputActivation === "sigmoid" && isUnit ? "bce" : "mse" } = options;
  return { ...options, loss, outputActivation };
}

/** The loss of each sample, averaged over its values: per sample of the shape []. */
export function reconstructionLoss(loss: ReconstructionLoss, target: Node, prediction: Node): Node {
  return mean(losses.get(loss).values(target, prediction));
}

/** The loss, and beside it the mean squared error where that is another one: the figure by which all models compare. */
export function reconstructionTerms(loss: ReconstructionLoss, target: Node, prediction: Node): StepTerms {
  const terms = { loss: reconstructionLoss(loss, target, prediction) };
  if (loss === "mse") return terms;
  return { ...terms, figures: { mse: squaredError(target, prediction) } };
}

/** The mean squared error of each sample. */
export function squaredError(target: Node, prediction: Node): Node {
  const size = sizeOf(target.type.shape);
  return mean(square(sub(reshape(target, [size]), reshape(prediction, [size]))));
}

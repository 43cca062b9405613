/** What of a network is trained in one go. */
import type { Node } from "../../graph/node.ts";
import type { Layer, SymbolicTensor } from "../../nn/layers/layer.ts";
import type { Model } from "../../nn/model/model.ts";
import type { StepScope } from "../../nn/training/step-scope.ts";
import type { ClassifierNetwork } from "./networks/index.ts";

export interface TrainedPart {
  /** What is kept of it, and what snapshots are taken of. */
  readonly model: Model;
  /** What enters. */
  readonly sample: SymbolicTensor;
  /** The layers that learn. */
  readonly trains: readonly Layer[];
  probabilities(scope: StepScope): Node;
}

/** All of a network that has not learned before. */
export function wholePart({ model }: ClassifierNetwork): TrainedPart {
  return {
    model,
    sample: model.inputs[0] as SymbolicTensor,
    trains: [model],
    probabilities: (scope) => scope.call(model, scope.inputs[0] as Node)[0] as Node,
  };
}

/** The head alone, on features that were computed before. */
export function cachedHead(head: Model): TrainedPart {
  return wholePart({ model: head });
}

/**
 * A network on a base. The base computes as it does in use: dropout drops nothing in it and batch normalization keeps its averages, also
 * while it learns, because what it has learned would be lost to the statistics of small batches.
 */
export function transferPart({ model, transfer }: ClassifierNetwork): TrainedPart {
  const { features, head } = transfer as NonNullable<ClassifierNetwork["transfer"]>;
  return {
    model,
    sample: model.inputs[0] as SymbolicTensor,
    trains: [features, head],
    probabilities: (scope) => {
      const seen = features.lowerCall({ ...scope, training: false }, [scope.inputs[0] as Node]);
      return scope.call(head, ...seen)[0] as Node;
    },
  };
}

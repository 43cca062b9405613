/**
 * Greedy layer-wise pretraining (Bengio et al. 2006, section 2.3): the first autoencoder of one hidden layer learns to give back samples,
 * each next one the codes of the last, whose layers stay as they are. Then all layers train together.
 */
import type { Node } from "../../graph/node.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { reshape } from "../../ops/shape.ts";
import { stopGradient } from "../../ops/stop-gradient.ts";
import type { Layer } from "../../nn/layers/layer.ts";
import type { StepTerms } from "../../nn/model/custom-trainer.ts";
import type { StepScope } from "../../nn/training/step-scope.ts";
import type { Phase, TrainedPhase } from "../model-family.ts";
import type { ReconstructionLoss } from "../options/common-options.ts";
import { reconstructionPhase } from "../parts/reconstruction-phase.ts";
import { reconstructionLoss, squaredError } from "../parts/reconstruction-terms.ts";
import type { LayerPair, Stack } from "./stacked-layers.ts";

export interface StackedTraining {
  readonly loss: ReconstructionLoss;
  readonly pretraining: "greedy" | "none";
  /** The share of the epochs that is left for all layers together. */
  readonly fineTuning: number;
}

/** One phase for each hidden layer, and one for all; without pretraining, the last alone. */
export function stackedPhases(
  stack: Stack,
  { loss, pretraining, fineTuning }: StackedTraining,
): readonly [Phase, ...Phase[]] {
  const { model, pairs } = stack;
  if (pretraining === "none") return [reconstructionPhase(model, loss)];
  const share = (1 - fineTuning) / pairs.length;
  const [first, ...others] = pairs.map((pair, index) =>
    pairsPhase(stack, {
      name: `layer ${index + 1}`,
      share,
      before: pairs.slice(0, index),
      trained: [pair],
      loss: index === 0 ? loss : "mse",
    }),
  );
  return [
    first!,
    ...others,
    pairsPhase(stack, { name: "fine-tuning", share: fineTuning, before: [], trained: pairs, loss }),
  ];
}

interface PairsPhase {
  readonly name: string;
  readonly share: number;
  /** Pairs that are trained already, and make what the others learn to give back. */
  readonly before: readonly LayerPair[];
  readonly trained: readonly LayerPair[];
  readonly loss: ReconstructionLoss;
}

/**
 * Trains some of the pairs. In all phases the figure `mse` is that of samples, through the decoders that are trained so far. Where the data have
 * targets, a layer learns what the layers before make of the target from what they make of the sample (J. Xie, L. Xu, E. Chen: Image denoising and
 * inpainting with deep neural networks, 2012, section 2.2).
 */
function pairsPhase({ model }: Stack, { name, share, before, trained, loss }: PairsPhase): TrainedPhase {
  const terms = (scope: StepScope): StepTerms => {
    const coded = (node: Node): Node => stopGradient(through(scope, encodings(before), node));
    const sample = flattened(scope.inputs[0]!);
    const wanted = scope.targets[0] === undefined ? sample : flattened(scope.targets[0]);
    const given = coded(sample);
    const target = wanted === sample ? given : coded(wanted);
    const restored = through(scope, [...encodings(trained), ...decodings(trained)], given);
    const reconstruction = through(scope, decodings(before), restored);
    return {
      loss: reconstructionLoss(loss, target, restored),
      figures: { mse: squaredError(wanted, reconstruction) },
    };
  };
  const trains = trained.flatMap(({ encoding, decoding }) => [encoding, decoding]);
  return {
    kind: "trained",
    name,
    share,
    inputs: model.inputs,
    steps: ({ optimizer }) => [{ name: "train", optimizer: optimizer(), trains, terms }],
  };
}

function flattened(node: Node): Node {
  return reshape(node, [sizeOf(node.type.shape)]);
}

function encodings(pairs: readonly LayerPair[]): readonly Layer[] {
  return pairs.map(({ encoding }) => encoding);
}

function decodings(pairs: readonly LayerPair[]): readonly Layer[] {
  return pairs.map(({ decoding }) => decoding).toReversed();
}

function through({ call }: StepScope, layers: readonly Layer[], node: Node): Node {
  return layers.reduce((inner, layer) => call(layer, inner)[0]!, node);
}

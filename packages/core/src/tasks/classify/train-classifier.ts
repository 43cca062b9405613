/** The training of a classifier, phase after phase: the whole network; or the head of one that has learned before, and then a part of its base. */
import { isStreamed } from "../../data/streamed-dataset.ts";
import type { AnyDataset } from "../../data/streamed-dataset.ts";
import { familyOptimizer } from "../../models/family-optimizer.ts";
import type { PhaseSpan } from "../../models/phase-spans.ts";
import { trainingData } from "../../models/training-inputs.ts";
import { augmentation } from "../../nn/augmentation/index.ts";
import type { AugmentationLike } from "../../nn/augmentation/index.ts";
import { earlyStopping } from "../../nn/callbacks/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { Layer, SymbolicTensor } from "../../nn/layers/layer.ts";
import { CustomTrainer } from "../../nn/model/custom-trainer.ts";
import type { Model } from "../../nn/model/model.ts";
import { cosineDecay } from "../../nn/schedules/index.ts";
import { isBatchStream } from "../../nn/training/batch-source.ts";
import type { BatchStream } from "../../nn/training/batch-source.ts";
import type { Callback } from "../../nn/training/callback.ts";
import type { ValidationData } from "../../nn/training/fit-sources.ts";
import type { History } from "../../nn/training/history.ts";
import type { StepScope } from "../../nn/training/step-scope.ts";
import type { Node } from "../../graph/node.ts";
import type { Device } from "../../runtime/device.ts";
import { balancedBatches } from "./balance/index.ts";
import { classTerms } from "./class-terms.ts";
import type { ClassTerms } from "./class-terms.ts";
import type { ClassifierNetwork } from "./networks/index.ts";
import { oneHot } from "../../models/samples.ts";

/** What is trained in one go. */
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
  return { ...wholePart({ model: head }), trains: [head] };
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

/** How a part is trained, all decided. */
export interface PartTraining extends ClassTerms {
  readonly span: PhaseSpan;
  readonly batchSize: number;
  readonly optimizer: string;
  /** At the start; it falls to nothing along half a cosine. */
  readonly learningRate: number;
  readonly seed: number;
  readonly balancedSampling: boolean;
  readonly augment: AugmentationLike | undefined;
  /** Where samples stay when they are changed. */
  readonly valueRange: readonly [low: number, high: number];
  readonly patience: number | undefined;
  readonly callbacks: readonly Callback[];
  readonly verbose: 0 | 1 | 2;
  readonly signal: AbortSignal | undefined;
  readonly device: Device | undefined;
}

/** Trains a part on samples with labels. */
export async function trainPart(
  part: TrainedPart,
  data: AnyDataset,
  validation: AnyDataset | undefined,
  training: PartTraining,
): Promise<History> {
  const { span, batchSize, seed, numClasses, signal, verbose, patience } = training;
  const epochs = span.to - span.from;
  const steps = Math.ceil(data.count / batchSize);
  const inputs = [part.sample, input([numClasses], { name: "classes" })];
  const chosen = training.augment === undefined ? undefined : augmentation(training.augment);
  chosen?.check(data.shape);
  const terms = (scope: StepScope, options: ClassTerms): ReturnType<typeof classTerms> =>
    classTerms(part.probabilities(scope), scope.inputs[1] as Node, options);
  const trainer = new CustomTrainer(part.model, {
    inputs,
    steps: [
      {
        name: "classes",
        optimizer: familyOptimizer(training.optimizer, cosineDecay(training.learningRate, epochs * steps)),
        trains: part.trains,
        terms: (scope) => terms(scope, training),
      },
    ],
    // Weights and smoothing are means to an end; what is measured is the crossentropy itself.
    measure: (scope) => terms(scope, { numClasses }),
    ...(chosen && {
      augment: (context, [samples, ...others]) => [
        chosen.apply(context, samples as Node, training.valueRange),
        ...others,
      ],
    }),
    device: training.device,
  });
  try {
    return await trainer.fit(batchesOf(inputs, data, training), {
      initialEpoch: span.from,
      epochs: span.to,
      batchSize,
      seed,
      mixUp: chosen?.mixUp,
      ...((isStreamed(data) || training.balancedSampling) && { stepsPerEpoch: steps }),
      ...(validation && { validationData: validationOf(inputs, validation, batchSize) }),
      ...(signal && { signal }),
      callbacks: [
        ...training.callbacks,
        ...(patience === undefined
          ? []
          : [
              earlyStopping({
                monitor: validation === undefined ? "loss" : "val_loss",
                patience,
                restoreBestWeights: true,
              }),
            ]),
      ],
      verbose,
    });
  } finally {
    await trainer.dispose();
  }
}

function batchesOf(
  inputs: readonly SymbolicTensor[],
  data: AnyDataset,
  { balancedSampling, batchSize, seed, numClasses }: PartTraining,
): ReturnType<typeof trainingData> {
  if (!balancedSampling) return trainingData(inputs, data, { batchSize, shuffle: { seed } });
  const stream = balancedBatches(data, { batchSize, seed, toTargets: (labels) => oneHot(labels, numClasses) });
  return asInputs(stream);
}

/** Targets as a second input. */
function asInputs(stream: BatchStream): BatchStream {
  return async function* batches(epoch) {
    for await (const batch of typeof stream === "function" ? stream(epoch) : stream) {
      const [x, y] = batch as readonly [Float32Array, Uint8Array];
      yield { x: [x, y] };
    }
  };
}

function validationOf(inputs: readonly SymbolicTensor[], data: AnyDataset, batchSize: number): ValidationData {
  const given = trainingData(inputs, data, { batchSize });
  return isBatchStream(given) ? given : [given, []];
}

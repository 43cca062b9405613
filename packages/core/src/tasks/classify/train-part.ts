/** Trains a part of a network on samples with labels. */
import type { Node } from "../../graph/node.ts";
import { isStreamed } from "../../data/streamed-dataset.ts";
import type { AnyDataset } from "../../data/streamed-dataset.ts";
import { familyOptimizer } from "../../models/family-optimizer.ts";
import type { PhaseSpan } from "../../models/phase-spans.ts";
import { oneHot } from "../../models/samples.ts";
import { trainingData } from "../../models/training-inputs.ts";
import { augmentation } from "../../nn/augmentation/index.ts";
import type { Augmentation, AugmentationLike } from "../../nn/augmentation/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { SymbolicTensor } from "../../nn/layers/layer.ts";
import { CustomTrainer } from "../../nn/model/custom-trainer.ts";
import { cosineDecay } from "../../nn/schedules/index.ts";
import { isBatchStream } from "../../nn/training/batch-source.ts";
import type { BatchStream } from "../../nn/training/batch-source.ts";
import type { Callback } from "../../nn/training/callback.ts";
import type { ValidationData } from "../../nn/training/fit-sources.ts";
import type { History } from "../../nn/training/history.ts";
import type { StepScope } from "../../nn/training/step-scope.ts";
import type { Device } from "../../runtime/device.ts";
import { balancedBatches } from "./balance/index.ts";
import { classTerms } from "./class-terms.ts";
import type { ClassTerms } from "./class-terms.ts";
import type { TrainedPart } from "./trained-part.ts";

/** How a part is trained, all decided. */
export interface PartTraining extends ClassTerms {
  readonly span: PhaseSpan;
  /** The epoch to begin with: the span's first, but where a training goes on. */
  readonly initialEpoch: number;
  readonly batchSize: number;
  readonly optimizer: string;
  /** At the start; it falls to nothing along half a cosine. */
  readonly learningRate: number;
  readonly seed: number;
  readonly balancedSampling: boolean;
  readonly augment: AugmentationLike | undefined;
  /** Where samples stay when they are changed. */
  readonly valueRange: readonly [low: number, high: number];
  readonly callbacks: readonly Callback[];
  readonly verbose: 0 | 1 | 2;
  readonly signal: AbortSignal | undefined;
  readonly device: Device | undefined;
}

/** What trains a part, and the samples' place in it. */
export interface PartTrainer {
  readonly trainer: CustomTrainer;
  fit(data: AnyDataset, validation: AnyDataset | undefined): Promise<History>;
}

/** @param count the samples that will be trained on. */
export function partTrainer(part: TrainedPart, count: number, training: PartTraining): PartTrainer {
  const { span, numClasses, batchSize, augment } = training;
  const inputs = [part.sample, input([numClasses], { name: "classes" })];
  const chosen = augment === undefined ? undefined : augmentation(augment);
  chosen?.check(part.sample.shape);
  const steps = Math.ceil(count / batchSize);
  const terms = (scope: StepScope, options: ClassTerms): ReturnType<typeof classTerms> =>
    classTerms(part.probabilities(scope), scope.inputs[1] as Node, options);
  const trainer = new CustomTrainer(part.model, {
    inputs,
    steps: [
      {
        name: "classes",
        optimizer: familyOptimizer(
          training.optimizer,
          cosineDecay(training.learningRate, (span.to - span.from) * steps),
        ),
        trains: part.trains,
        terms: (scope) => terms(scope, training),
      },
    ],
    // Weights and smoothing are means to an end; what is measured is the crossentropy itself.
    measure: (scope) => terms(scope, { numClasses }),
    ...(chosen && {
      augment: (context, { inputs: [samples, ...others], targets }) => ({
        inputs: [chosen.apply(context, samples as Node, training.valueRange), ...others],
        targets,
      }),
    }),
    device: training.device,
  });
  return {
    trainer,
    fit: (data, validation) => fitPart(trainer, inputs, data, validation, { ...training, steps, mixUp: chosen?.mixUp }),
  };
}

function fitPart(
  trainer: CustomTrainer,
  inputs: readonly SymbolicTensor[],
  data: AnyDataset,
  validation: AnyDataset | undefined,
  training: PartTraining & { readonly steps: number; readonly mixUp: Augmentation["mixUp"] },
): Promise<History> {
  const { span, initialEpoch, steps, batchSize, seed, mixUp, signal, verbose, callbacks } = training;
  return trainer.fit(batchesOf(inputs, data, training), {
    initialEpoch,
    epochs: span.to,
    batchSize,
    seed,
    mixUp,
    ...((isStreamed(data) || training.balancedSampling) && { stepsPerEpoch: steps }),
    ...(validation && { validationData: validationOf(inputs, validation, batchSize) }),
    ...(signal && { signal }),
    callbacks,
    verbose,
  });
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

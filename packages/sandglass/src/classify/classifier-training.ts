/** From the user's choices to what a run notes of its training, and from there to what `fit` takes: a run that goes on knows no choices. */
import { augmentation, type classify } from "@sandglass/core";
import type { PreparedData } from "../sources/index.ts";
import type { ClassifierRecord } from "./classifier-record.ts";
import { validatedPerEpoch } from "./epoch-validation.ts";
import type { ThresholdChoice } from "./threshold-rule.ts";

export interface ClassifierChoices extends Pick<
  classify.ClassifierFitOptions,
  "epochs" | "batchSize" | "optimizer" | "learningRate" | "labelSmoothing" | "patience" | "fineTune"
> {
  readonly augment?: string | undefined;
  readonly balance?: "weights" | "sampling" | undefined;
  readonly threshold?: ThresholdChoice | undefined;
  /** Of two classes, the number of the one that is looked for: 0 or 1; 1 unless given. */
  readonly positive?: number | undefined;
  readonly labelsPerClass?: number | undefined;
  readonly seed?: number | undefined;
  readonly deterministic?: boolean | undefined;
}

type Training = ClassifierRecord["training"];

/**
 * Decides how a classifier is trained.
 *
 * @throws RangeError when a choice is out of range.
 * @throws GraphError when samples cannot be changed as is asked for.
 */
export function decideTraining(
  classifier: classify.Classifier,
  { training, validation }: Pick<PreparedData, "training" | "validation">,
  choices: ClassifierChoices,
): Training {
  const { seed = 0, deterministic = false, patience, augment, balance, labelSmoothing, labelsPerClass } = choices;
  const changes = augment === undefined ? undefined : augmentation(augment);
  changes?.check(training.shape);
  const perEpoch = validatedPerEpoch(validation, choices);
  const settings = classifier.trainingSettings(choices, {
    training: training.count,
    validation: perEpoch ?? validation?.count,
  });
  const { epochs, batchSize, optimizer, learningRate, fineTuning, isCached } = settings;
  return {
    epochs: epochs + (fineTuning?.epochs ?? 0),
    batchSize,
    optimizer,
    learningRate,
    decay: true,
    seed,
    deterministic,
    ...(patience !== undefined && { patience }),
    ...(changes && { augment: String(changes) }),
    ...(balance === "weights" && { classWeight: "balanced" as const }),
    ...(balance === "sampling" && { balancedSampling: true }),
    ...(labelSmoothing !== undefined && { labelSmoothing }),
    ...(fineTuning && { fineTuning }),
    ...(isCached && { cachedFeatures: true }),
    ...(labelsPerClass !== undefined && { labelsPerClass }),
    ...(perEpoch !== undefined && { validatedPerEpoch: perEpoch }),
    ...(classifier.numClasses === 2 && { positive: classifier.positive }),
    ...(choices.threshold && { threshold: choices.threshold }),
  };
}

/** What `fit` takes for a training as it was decided. */
export function fitOptionsOf(training: Training): classify.ClassifierFitOptions {
  const { epochs, batchSize, optimizer, learningRate, seed, patience, augment, fineTuning } = training;
  const { classWeight, balancedSampling, labelSmoothing } = training;
  return {
    epochs: epochs - (fineTuning?.epochs ?? 0),
    batchSize,
    optimizer,
    learningRate,
    seed,
    patience,
    augment,
    fineTune: fineTuning,
    classWeight,
    balancedSampling,
    labelSmoothing,
  };
}

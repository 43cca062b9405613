/** What a classifier is worth on samples with labels: figures alone, which a run keeps, and what pictures are made of. */
import { classify, DatasetError, type AnyDataset } from "@sandglass/core";
import { isOfClass } from "./is-of-class.ts";

export type ExaminedPart = "test" | "validation" | "training";

/** Figures, as `run.json` has them. */
export interface ClassifierFigures {
  /** Which samples they are of; undefined for data that come in one piece. */
  readonly part: ExaminedPart | undefined;
  readonly samples: number;
  readonly accuracy: classify.Proportion;
  readonly balancedAccuracy: number;
  readonly matthewsCorrelation: number;
  readonly confusion: classify.ConfusionMatrix;
  readonly classes: classify.ClassReport;
  /** Of two classes: what the decision for the positive one is worth. */
  readonly binary?: classify.BinaryFigures;
  /** Of two classes, that of the positive one; of more, the mean of each class against all others. */
  readonly areaUnderRoc?: Pick<classify.AreaInterval, "value"> &
    Partial<Pick<classify.AreaInterval, "low" | "high" | "method">>;
  readonly averagePrecision?: number;
  /** With the network's own probabilities, and at the temperature that suits validation data. */
  readonly calibration: {
    readonly before: classify.CalibrationFigures;
    readonly after: classify.CalibrationFigures;
  };
}

export interface Examination {
  readonly figures: ClassifierFigures;
  readonly data: AnyDataset;
  readonly labels: ArrayLike<number>;
  /** At the classifier's temperature: those of all classes, sample after sample. */
  readonly probabilities: Float32Array;
  /** The class that each sample was taken for. */
  readonly decisions: Uint16Array;
}

export interface ExamineOptions {
  readonly part: ExaminedPart | undefined;
  readonly batchSize?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Puts samples through a classifier and measures what comes out.
 *
 * @throws DatasetError when they have no labels.
 */
export async function examineClassifier(
  classifier: classify.Classifier,
  data: AnyDataset,
  { part, ...options }: ExamineOptions,
): Promise<Examination> {
  const { labels } = data;
  if (labels === undefined) {
    throw new DatasetError(
      `${data.name} has no labels, so that nothing says which answers are right; "sandglass classify predict" needs none`,
    );
  }
  const { numClasses, temperature, positive } = classifier;
  const own = await classifier.predict(data, { ...options, temperature: 1 });
  const probabilities =
    temperature === 1 ? own : classify.probabilitiesAt(temperature, classify.logitsOf(own, numClasses), numClasses);
  const decisions = classifier.decide(probabilities);
  const confusion = classify.confusionMatrix(labels, decisions, numClasses);
  const figures: ClassifierFigures = {
    part,
    samples: data.count,
    accuracy: classify.proportion(confusion.correct, confusion.total) as classify.Proportion,
    balancedAccuracy: classify.balancedAccuracy(confusion),
    matthewsCorrelation: classify.matthewsCorrelation(confusion),
    confusion,
    classes: classify.classReport(confusion),
    ...(numClasses === 2 && {
      binary: classify.binaryFigures(isOfClass(labels, positive), isOfClass(decisions, positive)),
    }),
    ...rankingOf(labels, probabilities, { numClasses, positive }),
    calibration: {
      before: classify.calibrationFigures(labels, own, numClasses),
      after: classify.calibrationFigures(labels, probabilities, numClasses),
    },
  };
  return { figures, data, labels, probabilities, decisions };
}

/** Where a class has no sample, or fewer than its interval needs, there is no such figure. */
function rankingOf(
  labels: ArrayLike<number>,
  probabilities: Float32Array,
  { numClasses, positive }: Pick<classify.Classifier, "numClasses" | "positive">,
): Pick<ClassifierFigures, "areaUnderRoc" | "averagePrecision"> {
  const { areaUnderRoc, averagePrecision, classes } = classify.oneVersusRest(labels, probabilities, numClasses);
  if (areaUnderRoc === undefined || averagePrecision === undefined) return {};
  if (numClasses > 2) return { areaUnderRoc: { value: areaUnderRoc }, averagePrecision };
  const own = isOfClass(labels, positive);
  const positives = own.reduce((sum, one) => sum + one, 0);
  const hasInterval = positives >= 2 && labels.length - positives >= 2;
  const scores = classify.scoresOfClass(probabilities, 2, positive);
  return {
    areaUnderRoc: hasInterval ? classify.areaInterval(own, scores) : { value: areaUnderRoc },
    averagePrecision: classes[positive]?.averagePrecision ?? averagePrecision,
  };
}

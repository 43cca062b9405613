/** Curves' figures for several classes: each against all others together. */
import { scoresPerSample } from "./check-samples.ts";
import type { ClassNumbers } from "./check-samples.ts";
import { averagePrecision } from "./precision-recall-curve.ts";
import { scoresOfClass } from "./predicted-classes.ts";
import { areaUnderRoc } from "./roc-curve.ts";

export interface RankingFigures {
  /** The area under the ROC curve; undefined where the class or all others have no sample. */
  readonly areaUnderRoc: number | undefined;
  /** Undefined where the class has no sample. */
  readonly averagePrecision: number | undefined;
}

export interface OneVersusRest extends RankingFigures {
  /** The figures of each class; those above are the means of the ones that there are. */
  readonly classes: readonly RankingFigures[];
}

/**
 * How well each class's scores tell its samples from all others.
 *
 * @param scores `numClasses` for each sample.
 */
export function oneVersusRest(labels: ClassNumbers, scores: ArrayLike<number>, numClasses: number): OneVersusRest {
  if (scoresPerSample(labels, scores, numClasses) !== numClasses) {
    throw new RangeError(`${scores.length} scores came for ${labels.length} samples; expected ${numClasses} for each`);
  }
  const classes = Array.from({ length: numClasses }, (_, index): RankingFigures => {
    const own = Uint8Array.from(labels, (label) => (label === index ? 1 : 0));
    const ownScores = scoresOfClass(scores, numClasses, index);
    const hasSamples = own.includes(1);
    return {
      areaUnderRoc: hasSamples && own.includes(0) ? areaUnderRoc(own, ownScores) : undefined,
      averagePrecision: hasSamples ? averagePrecision(own, ownScores) : undefined,
    };
  });
  return {
    classes,
    areaUnderRoc: meanOfKnown(classes.map((figures) => figures.areaUnderRoc)),
    averagePrecision: meanOfKnown(classes.map((figures) => figures.averagePrecision)),
  };
}

function meanOfKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}

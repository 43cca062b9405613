/** Precision, recall and F1 of each class, and their means. */
import type { ConfusionMatrix } from "./confusion-matrix.ts";

export interface ClassFigures {
  /** The share of the samples taken for this class that are of it; 0 where none was taken for it. */
  readonly precision: number;
  /** The share of the samples of this class that were taken for it; 0 where there is none. */
  readonly recall: number;
  /** The harmonic mean of both, 2TP / (2TP + FP + FN); 0 where the class does not occur. */
  readonly f1: number;
  /** How many samples are of this class. */
  readonly support: number;
  /** How many samples were taken for it: with none, the precision says nothing. */
  readonly predicted: number;
}

export type MeanFigures = Pick<ClassFigures, "precision" | "recall" | "f1">;

export interface ClassReport {
  readonly classes: readonly ClassFigures[];
  /** Means in which every class counts alike that has samples or was predicted. */
  readonly macro: MeanFigures;
  /** Means in which a class counts as its samples do. */
  readonly weighted: MeanFigures;
}

/** The figures of each class, as scikit-learn's `classification_report` has them. */
export function classReport(matrix: ConfusionMatrix): ClassReport {
  const classes = matrix.counts.map((row, index): ClassFigures => {
    const support = matrix.support[index] as number;
    const predicted = matrix.predicted[index] as number;
    const hits = row[index] as number;
    return {
      precision: ratio(hits, predicted),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, support + predicted),
      support,
      predicted,
    };
  });
  return {
    classes,
    macro: meanFigures(classes, ({ support, predicted }) => (support + predicted > 0 ? 1 : 0)),
    weighted: meanFigures(classes, ({ support }) => support),
  };
}

function meanFigures(classes: readonly ClassFigures[], weight: (figures: ClassFigures) => number): MeanFigures {
  const total = classes.reduce((sum, figures) => sum + weight(figures), 0);
  const mean = (name: keyof MeanFigures): number =>
    classes.reduce((sum, figures) => sum + weight(figures) * figures[name], 0) / total;
  return { precision: mean("precision"), recall: mean("recall"), f1: mean("f1") };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

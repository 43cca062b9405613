/** Figures and curves of a classifier, as exhibits. */
import { classify, type Exhibit } from "@sandglass/core";
import { formatCount, formatFigure, formatShare } from "../text/number-format.ts";
import type { Decision } from "./classifier-record.ts";
import type { ClassifierFigures, Examination } from "./examine-classifier.ts";
import { isOfClass } from "./is-of-class.ts";

/** Of more classes, the curves of each are too many to be told apart. */
const MOST_CURVES = 10;
/** Of fewer answers, the share that is right says nothing. */
const FEWEST_IN_BIN = 5;

/** `94.2 % (91.8 to 96.0)` */
export function formatProportion(proportion: {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}): string {
  const edge = (share: number): string => (100 * share).toFixed(1);
  return `${formatShare(proportion.value)} (${edge(proportion.low)} to ${edge(proportion.high)})`;
}

export function matrixExhibit(classNames: readonly string[], { confusion }: ClassifierFigures): Exhibit {
  return {
    kind: "matrix",
    title: "Confusion matrix",
    note: "A row for each class that samples have, a column for each that they were taken for; right answers are on the diagonal.",
    names: classNames,
    counts: confusion.counts,
  };
}

/** Precision, recall and F1 of each class. */
export function classesExhibit(classNames: readonly string[], { classes: report }: ClassifierFigures): Exhibit {
  const line = (name: string, figures: classify.MeanFigures, support: string): { cells: readonly string[] } => ({
    cells: [name, formatShare(figures.precision), formatShare(figures.recall), formatShare(figures.f1), support],
  });
  return {
    kind: "table",
    title: "Class by class",
    note:
      "Precision: of those taken for the class, how many are of it. Recall: of those of the class, how many were found. F1 is the harmonic " +
      "mean of both. In the mean, every class counts alike.",
    columns: [
      { name: "class", isNumber: false },
      ...["precision", "recall", "F1", "samples"].map((name) => ({ name, isNumber: true })),
    ],
    groups: [
      {
        lines: report.classes.map((figures, index) =>
          line(classNames[index] ?? String(index), figures, formatCount(figures.support)),
        ),
      },
      { lines: [line("mean", report.macro, "")] },
    ],
  };
}

/** What tells classes apart, as far as figures go by it. */
export type Decider = Pick<classify.Classifier, "classNames" | "positive">;

/** What a decision for the positive class is worth, with 95 % intervals; undefined where there are not two classes. */
export function binaryExhibit(
  { classNames, positive: index }: Decider,
  { binary }: ClassifierFigures,
): Exhibit | undefined {
  if (binary === undefined) return undefined;
  const [positive, negative] = [classNames[index], classNames[1 - index]];
  const rows: readonly (readonly [string, classify.Proportion | undefined, string])[] = [
    ["sensitivity", binary.sensitivity, `${positive} that were found`],
    ["specificity", binary.specificity, `${negative} that were left alone`],
    ["positive predictive value", binary.positivePredictiveValue, `right of those taken for ${positive}`],
    ["negative predictive value", binary.negativePredictiveValue, `right of those taken for ${negative}`],
  ];
  return {
    kind: "table",
    title: `Finding ${positive}`,
    note: "Shares with their 95 % confidence intervals (Wilson). Predictive values hold where the classes are as frequent as here, and nowhere else.",
    columns: ["figure", "share", "95 % interval", "counted", "meaning"].map((name) => ({ name, isNumber: false })),
    groups: rows.flatMap(([name, share, meaning]) =>
      share === undefined
        ? []
        : [
            {
              lines: [
                {
                  cells: [
                    name,
                    formatShare(share.value),
                    `${(100 * share.low).toFixed(1)} to ${(100 * share.high).toFixed(1)} %`,
                    `${formatCount(share.hits)} of ${formatCount(share.of)}`,
                    meaning,
                  ],
                },
              ],
            },
          ],
    ),
  };
}

/** ROC and precision–recall curves: of two classes, those of the positive one; of up to ten, those of each against all others. */
export function curveExhibits(
  { classNames, positive }: Decider,
  { figures, labels, probabilities }: Examination,
  decision: Decision | undefined,
): readonly Exhibit[] {
  const numClasses = classNames.length;
  if (figures.areaUnderRoc === undefined || numClasses > MOST_CURVES) return [];
  const curves = (numClasses === 2 ? [positive] : [...classNames.keys()]).flatMap((index) => {
    const own = isOfClass(labels, index);
    const scores = classify.scoresOfClass(probabilities, numClasses, index);
    if (!own.includes(1) || !own.includes(0)) return [];
    const name = classNames[index] ?? String(index);
    const roc = classify.rocCurve(own, scores);
    const precision = classify.precisionRecallCurve(own, scores);
    return [
      {
        roc: { name, points: pairs(roc.falsePositiveRate, roc.truePositiveRate) },
        precision: { name, points: pairs(precision.recall, precision.precision) },
      },
    ];
  });
  const { binary, areaUnderRoc: area, averagePrecision } = figures;
  const { sensitivity, specificity, positivePredictiveValue } = binary ?? {};
  const mark = decision === undefined ? "the decision" : "the chosen threshold";
  const which = numClasses === 2 ? "" : " Each class against all others; the figure is the mean.";
  return [
    {
      kind: "curves",
      title: "ROC curve",
      note: `How many are found at how many false alarms, over all thresholds. Area ${area.value.toFixed(3)}${describeInterval(area)}; 0.5 would be chance, 1 perfect.${which}`,
      curves: curves.map(({ roc }) => roc),
      axes: ["false alarms (1 − specificity)", "sensitivity"],
      reference: { name: "chance", points: [0, 0, 1, 1] },
      ...(sensitivity && specificity && { marks: [{ name: mark, x: 1 - specificity.value, y: sensitivity.value }] }),
    },
    {
      kind: "curves",
      title: "Precision and recall",
      note: `Of those taken for a class, how many are of it, against how many of the class are found. Average precision ${formatFigure(averagePrecision ?? NaN)}.${which}`,
      curves: curves.map(({ precision }) => precision),
      axes: ["recall", "precision"],
      ...(sensitivity &&
        positivePredictiveValue && { marks: [{ name: mark, x: sensitivity.value, y: positivePredictiveValue.value }] }),
    },
  ];
}

/** `, 95 % interval 0.931 to 0.987`, and how it came about where that is not the usual way. */
function describeInterval({ low, high, method }: NonNullable<ClassifierFigures["areaUnderRoc"]>): string {
  if (low === undefined || high === undefined) return "";
  const interval = `, 95 % interval ${low.toFixed(3)} to ${high.toFixed(3)}`;
  if (method !== "disjoint pairs") return interval;
  return (
    `${interval} (where no sample is on the wrong side, the usual interval of DeLong is a single point and says nothing; this one is ` +
    "that of Clopper and Pearson over as many pairs as the smaller class has samples)"
  );
}

/** Whether probabilities mean what they say, before and after the temperature. */
export function calibrationExhibit({ calibration }: ClassifierFigures, temperature: number): Exhibit {
  const { before, after } = calibration;
  const share = (figures: classify.CalibrationFigures): string =>
    formatShare(figures.reliability.expectedCalibrationError);
  const curve = (name: string, { reliability }: classify.CalibrationFigures): { name: string; points: number[] } => ({
    name,
    points: reliability.bins.flatMap(({ count, probability, frequency }) =>
      count < FEWEST_IN_BIN ? [] : [probability, frequency],
    ),
  });
  const isScaled = temperature !== 1;
  const scaled = isScaled
    ? ` A temperature of ${temperature.toFixed(2)}, chosen on validation data, brings it from ${share(before)} to ${share(after)}; ` +
      `the log loss goes from ${formatFigure(before.logLoss)} to ${formatFigure(after.logLoss)}.`
    : "";
  return {
    kind: "curves",
    title: "Calibration",
    note:
      `Of the answers that the classifier is so sure of, how many are right? On the line, probabilities mean what they say; below it, it is too ` +
      `sure. Ranges with fewer than ${FEWEST_IN_BIN} answers are left out. The mean distance from the line is ${share(after)}.${scaled}`,
    curves: isScaled
      ? [curve("as the network says", before), curve("at the temperature", after)]
      : [curve("as the network says", before)],
    axes: ["how sure", "how often right"],
    reference: { name: "perfect", points: [0, 0, 1, 1] },
  };
}

function pairs(x: ArrayLike<number>, y: ArrayLike<number>): number[] {
  return Array.from(x).flatMap((value, index) => [value, y[index] as number]);
}

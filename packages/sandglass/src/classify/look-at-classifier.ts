import type { classify, Device, Exhibit } from "@sandglass/core";
import type { Decision } from "./classifier-record.ts";
import type { Examination } from "./examine-classifier.ts";
import { binaryExhibit, calibrationExhibit, classesExhibit, curveExhibits, matrixExhibit } from "./figure-exhibits.ts";
import { mistakesExhibit, overlayExhibits } from "./picture-exhibits.ts";

export interface LookOptions {
  readonly decision: Decision | undefined;
  /** What each sample is called, where they have names. */
  readonly sampleNames: readonly string[] | undefined;
  readonly seed: number;
  readonly device: Device;
  readonly signal?: AbortSignal | undefined;
}

/** All there is to see of an examination, in the order of the report. */
export async function lookAtClassifier(
  classifier: classify.Classifier,
  examination: Examination,
  { decision, sampleNames, ...options }: LookOptions,
): Promise<readonly Exhibit[]> {
  const { classNames, temperature } = classifier;
  const { figures } = examination;
  const exhibits = [
    binaryExhibit(classifier, figures),
    matrixExhibit(classNames, figures),
    ...curveExhibits(classifier, examination, decision),
    classesExhibit(classNames, figures),
    calibrationExhibit(figures, temperature),
    await mistakesExhibit(classifier, examination, sampleNames),
    ...(await overlayExhibits(classifier, examination, options)),
  ];
  return exhibits.filter((exhibit) => exhibit !== undefined);
}

/** A page about a classifier on other data than those of its run. */
import type { classify, Device } from "@sandglass/core";
import { html, renderExhibits, renderPage } from "../report/index.ts";
import { formatSamples } from "../text/number-format.ts";
import type { ClassifierRecord } from "./classifier-record.ts";
import type { Examination } from "./examine-classifier.ts";
import { formatProportion } from "./figure-exhibits.ts";
import { lookAtClassifier } from "./look-at-classifier.ts";

export interface EvaluationOptions {
  readonly record: ClassifierRecord;
  readonly sampleNames: readonly string[] | undefined;
  readonly device: Device;
  readonly signal?: AbortSignal | undefined;
}

/** One page that needs nothing but itself. */
export async function renderEvaluation(
  classifier: classify.Classifier,
  examination: Examination,
  { record, ...options }: EvaluationOptions,
): Promise<string> {
  const exhibits = await lookAtClassifier(classifier, examination, {
    ...options,
    decision: record.result.threshold,
    seed: record.training.seed,
  });
  const { figures, data } = examination;
  return renderPage({
    title: `Classifier of ${record.data.name} on ${data.name}`,
    lead:
      `The classifier gets ${formatProportion(figures.accuracy)} of ${formatSamples(figures.samples, figures.part)} right; ` +
      "in brackets, the 95 % confidence interval.",
    main: html`${await renderExhibits(exhibits, "pictures")}`,
  });
}

/** What must not be overlooked of a classifier's run. */
import { classify, type Warning } from "@sandglass/core";
import { leakWarnings } from "../leaks/index.ts";
import { formatSamples, formatShare } from "../text/number-format.ts";
import type { ClassifierRecord } from "./classifier-record.ts";
import type { ThresholdChoice } from "./threshold-rule.ts";

/** Fewer samples say little: an accuracy of 90 % on 50 may be 79 to 96 %. */
const FEW_EXAMINED = 100;

/** What the report begins with. */
export function classifierWarnings(record: ClassifierRecord): readonly Warning[] {
  const { state, data, result } = record;
  const { note } = result;
  const warnings: Warning[] = [];
  if (state === "diverged" || state === "interrupted") {
    warnings.push({
      title: state === "diverged" ? "The training diverged." : "The training was interrupted.",
      text: `${note ?? "It ended early"}. The figures are those of the network as it was then.`,
    });
  }
  warnings.push(...(result.warnings ?? []));
  warnings.push(...leakWarnings(data.leaks, data.validatedWith === "held back"), ...figureWarnings(record));
  return warnings;
}

/** Why the figures are worth less than they look, or the network less than they say. */
export function figureWarnings({ data, training, result }: ClassifierRecord): readonly Warning[] {
  const { examination } = result;
  if (examination === undefined) return [];
  const warnings: Warning[] = [];
  if (examination.part === "training") {
    warnings.push({
      title: "Examined on the samples that it learned from.",
      text: "None were held back, so that nothing says what it is worth on others; train with --validation 0.1, or evaluate it on other data.",
    });
  }
  if (data.validatedWith === "test") {
    warnings.push({
      title: "Test samples chose the network.",
      text: "They were validated with, so that no figure here is of samples without a part in the training; --validation 0.1 keeps them apart.",
    });
  }
  const { validation, validatedWith } = data;
  const held = result.figures["val_accuracy"] ?? 0;
  // Of few samples that were held back, a larger share is chance, and no sign of another clinic.
  const measured = training.validatedPerEpoch ?? validation;
  const interval = classify.proportion(Math.round(held * measured), measured);
  const isWorse = interval !== undefined && interval.low > examination.accuracy.high;
  if (examination.part === "test" && validatedWith !== "test" && isWorse) {
    warnings.push({
      title: "Worse on the test part than on samples that were held back.",
      text:
        `${formatShare(held)} of those were right, and ${formatShare(examination.accuracy.value)} of the test samples. Either the test samples come from ` +
        "elsewhere (another clinic, another camera), and the lower figure is what to expect there; or what was held back resembles what was " +
        "trained on (several images of one patient), which --group keeps together.",
    });
  }
  warnings.push(...missedRule(training.threshold, result));
  if (examination.samples < FEW_EXAMINED) {
    warnings.push({
      title: `Examined on ${formatSamples(examination.samples)} only.`,
      text: "Mind the intervals: such figures may be far from the truth.",
    });
  }
  const largest = Math.max(...examination.confusion.support) / examination.confusion.total;
  if (examination.accuracy.value <= largest) {
    warnings.push({
      title: "No better than always naming one class.",
      text: `The most frequent class alone would get ${formatShare(largest)} right, and the classifier gets ${formatShare(examination.accuracy.value)}.`,
    });
  }
  return warnings;
}

/** Where a sensitivity or a specificity was asked for, and even the upper end of the interval of the test samples is below it. */
function missedRule(
  rule: ThresholdChoice | undefined,
  { examination, threshold }: ClassifierRecord["result"],
): readonly Warning[] {
  if (rule === undefined || !("atLeast" in rule) || threshold === undefined || examination?.part !== "test") return [];
  const found = examination.binary?.[rule.kind];
  if (found === undefined || found.high >= rule.atLeast) return [];
  return [
    {
      title: `The ${rule.kind} that was asked for is not reached on the test part.`,
      text:
        `At least ${formatShare(rule.atLeast)} was asked for. The threshold has ${formatShare(threshold[rule.kind])} on the validation samples, by ` +
        `which it was chosen, and ${formatShare(found.value)} on the test samples (95 % interval up to ${formatShare(found.high)}). Hold more samples ` +
        "back to choose it by (--validation 0.2), of the same kind as those that it is for.",
    },
  ];
}

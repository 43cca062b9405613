/** What must not be overlooked of a classifier's run. */
import type { Warning } from "@sandglass/core";
import { leakWarnings } from "../leaks/index.ts";
import { formatSamples, formatShare } from "../text/number-format.ts";
import type { ClassifierRecord } from "./classifier-record.ts";

/** Fewer samples say little: an accuracy of 90 % on 50 may be 79 to 96 %. */
const FEW_EXAMINED = 100;

export function classifierWarnings({ state, data, result }: ClassifierRecord): readonly Warning[] {
  const { examination, note } = result;
  const warnings: Warning[] = [];
  if (state === "diverged" || state === "interrupted") {
    warnings.push({
      title: state === "diverged" ? "The training diverged." : "The training was interrupted.",
      text: `${note ?? "It ended early"}. The figures are those of the network as it was then.`,
    });
  }
  warnings.push(...(result.warnings ?? []));
  warnings.push(...leakWarnings(data.leaks, data.validatedWith === "held back"));
  if (examination === undefined) return warnings;
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
  const held = result.figures["val_accuracy"];
  if (examination.part === "test" && data.validatedWith !== "test" && (held ?? 0) > examination.accuracy.high) {
    warnings.push({
      title: "Worse on the test part than on samples that were held back.",
      text:
        `${formatShare(held ?? 0)} of those were right, and ${formatShare(examination.accuracy.value)} of the test samples. Either the test samples come from ` +
        "elsewhere (another clinic, another camera), and the lower figure is what to expect there; or what was held back resembles what was " +
        "trained on (several images of one patient), which --group keeps together.",
    });
  }
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

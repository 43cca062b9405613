/** What is printed when the training of a classifier is over, and how the command then ends. */
import { join } from "node:path";
import { figureWarnings, formatProportion, twoClasses, type FinishedClassifierRun } from "../classify/index.ts";
import { UserError } from "../errors.ts";
import { runFiles } from "../runs/run-folder.ts";
import { formatCount, formatDuration, formatSamples, formatShare } from "../text/number-format.ts";
import type { Output } from "./output.ts";
import { formatPairs } from "./table.ts";

/**
 * Prints the result of a run.
 *
 * @throws UserError when the training diverged: the command has failed, though there is a run.
 */
export function presentClassifier(output: Output, { folder, record }: FinishedClassifierRun): void {
  const report = join(folder, runFiles.report);
  const { result, state, model, data, training } = record;
  if (state === "diverged") {
    throw new UserError(`${result.note}\nThe run is in ${folder}, with the last good weights; see ${report}`);
  }
  const colors = output.resultColors;
  const { examination, comparison, threshold, warnings = [] } = result;
  const worth = figureWarnings(record);
  const { positive } = twoClasses(record) ?? {};
  const heading =
    state === "finished" ? colors.green("Training is done.") : colors.yellow(`Training ${result.note ?? state}.`);
  const text = [
    heading,
    formatPairs([
      ["model", `${model.family}, ${formatCount(model.parameters)} parameters`],
      ["epochs", `${result.epochs} in ${formatDuration(result.seconds)}`],
      ...(examination === undefined
        ? []
        : [
            [
              "accuracy",
              `${formatProportion(examination.accuracy)} on ${formatSamples(examination.samples, examination.part)}`,
            ] as const,
            ...(examination.binary?.sensitivity === undefined
              ? []
              : [["sensitivity", `${formatProportion(examination.binary.sensitivity)}, of ${positive}`] as const]),
            ...(examination.binary?.specificity === undefined
              ? []
              : [["specificity", formatProportion(examination.binary.specificity)] as const]),
          ]),
      ...(threshold === undefined
        ? []
        : [
            ["threshold", `${threshold.threshold.toPrecision(3)}, by ${threshold.rule} on validation samples`] as const,
          ]),
      ...(comparison === undefined
        ? []
        : [
            [
              "from scratch",
              `${formatShare(comparison.scratchAccuracy)}, on the same ${comparison.labelsPerClass} of each class`,
            ] as const,
          ]),
      ["run", folder],
      ["report", colors.bold(report)],
    ]),
    ...[...warnings, ...worth].map(({ title, text }) => `${colors.yellow(title)} ${text}`),
    ...(state === "interrupted" ? [`Test data were left alone. Go on with it: sandglass resume ${folder}`] : []),
  ].join("\n");
  output.result(text, { run: folder, report, state, data, model, training, result });
}

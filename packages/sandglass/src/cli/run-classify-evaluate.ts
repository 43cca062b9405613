/** What `sandglass classify evaluate` does. */
import { join } from "node:path";
import {
  examineClassifier,
  formatProportion,
  renderEvaluation,
  twoClasses,
  type Examination,
} from "../classify/index.ts";
import { makeFolder } from "../data/make-folder.ts";
import { UserError } from "../errors.ts";
import { runFiles } from "../runs/run-folder.ts";
import { writeWholeFile } from "../runs/write-file.ts";
import { formatFigure, formatSamples, formatShare } from "../text/number-format.ts";
import { checkFree } from "./check-free.ts";
import type { ClassifyUseArguments } from "./commands/classify.ts";
import type { Context } from "./context.ts";
import { readingChoices } from "./data-options.ts";
import { describeData } from "./describe-data.ts";
import { formatPairs } from "./table.ts";
import { withClassifierData } from "./with-classifier-data.ts";

const PARTS = { train: "training", validation: "validation", test: "test" } as const;

export async function runClassifyEvaluate(
  context: Context,
  typed: string,
  source: string,
  { split, count, batchSize, out, force = false, ...options }: ClassifyUseArguments,
): Promise<void> {
  const { output, signal } = context;
  const report = out === undefined ? undefined : join(out, runFiles.report);
  // Before anything is read.
  if (report !== undefined) await checkFree(report, { force, what: "page", example: runFiles.report });
  const request = { source, half: split, count, reading: readingChoices(options) };
  await withClassifierData(context, typed, request, async (opened) => {
    const { data, half, classifier, folder, sampleNames, device, record } = opened;
    if (data.labels === undefined) {
      throw new UserError(
        `${data.name} has no labels of the run's classes (${classifier.classNames.join(", ")}), so that nothing says which answers ` +
          'are right; "sandglass classify predict" needs none',
      );
    }
    const { positive } = twoClasses(record) ?? {};
    const part = half === undefined ? undefined : PARTS[half];
    const examination = await examineClassifier(classifier, data, { part, batchSize, signal });
    const { figures } = examination;
    const only = onlyClass(examination, classifier.classNames);
    if (only !== undefined) {
      const advice = count === undefined ? "" : ", and --count takes the first samples; leave it out, or give more";
      output.note(
        `only one class, ${only}, is among the ${formatSamples(data.count)}: nothing is said of the others${advice}`,
      );
    }
    const { accuracy, binary, areaUnderRoc, balancedAccuracy, calibration } = figures;
    if (report !== undefined && out !== undefined) {
      const page = await renderEvaluation(classifier, examination, { record, sampleNames, device, signal });
      await makeFolder(out);
      await writeWholeFile(report, page);
    }
    const text = formatPairs([
      ["run", `${folder} (${record.model.family})`],
      ["data", describeData(opened, count)],
      ["accuracy", formatProportion(accuracy)],
      ...(binary?.sensitivity === undefined
        ? []
        : [["sensitivity", `${formatProportion(binary.sensitivity)}, of ${positive}`] as const]),
      ...(binary?.specificity === undefined ? [] : [["specificity", formatProportion(binary.specificity)] as const]),
      ["balanced accuracy", formatShare(balancedAccuracy)],
      ...(areaUnderRoc === undefined ? [] : [["area under ROC", areaUnderRoc.value.toFixed(3)] as const]),
      ["log loss", formatFigure(calibration.after.logLoss)],
      ...(report === undefined ? [] : [["report", report] as const]),
    ]);
    output.result(text, {
      run: folder,
      data: { name: data.name, source, ...(half && { split: half }), count: data.count },
      figures,
      ...(report !== undefined && { report }),
    });
  });
}

/** The class that all samples are of, where they are of one. */
function onlyClass({ figures }: Examination, classNames: readonly string[]): string | undefined {
  const { support } = figures.confusion;
  return support.filter((samples) => samples > 0).length === 1
    ? classNames[support.findIndex((samples) => samples > 0)]
    : undefined;
}

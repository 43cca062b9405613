/** What is printed when a training is over, and how the command then ends. */
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { formatCount, formatDuration, formatFigure, formatSamples, formatVarianceKept } from "../text/number-format.ts";
import { runFiles } from "../runs/run-folder.ts";
import { examinedPart, type PcaCaveat, type PcaFigures, type RunRecord } from "../runs/run-record.ts";
import type { FinishedRun } from "../training/train-run.ts";
import type { Output } from "./output.ts";
import { formatPairs } from "./table.ts";
import { targetLines } from "./target-lines.ts";

/**
 * Prints the result of a run.
 *
 * @throws UserError when the training diverged: the command has failed, though there is a run.
 */
export function presentRun(output: Output, { folder, record, outcome }: FinishedRun): void {
  const report = join(folder, runFiles.report);
  if (outcome.problem !== undefined) {
    throw new UserError(
      `${outcome.problem.message}\nThe run is in ${folder}, with the last good weights; see ${report}`,
      {
        cause: outcome.problem,
      },
    );
  }
  output.result(describe(output, folder, record), { run: folder, report, ...summaryOf(record) });
}

function describe({ resultColors: colors }: Output, folder: string, record: RunRecord): string {
  const { state, result, data, model } = record;
  const { reconstruction, pca, note, warnings = [] } = result;
  const figure = reconstruction?.inputs === "clean" ? "clean_mse" : "mse";
  const heading =
    state === "finished" ? colors.green("Training is done.") : colors.yellow(`Training ${note ?? state}.`);
  return [
    heading,
    formatPairs([
      ["model", `${model.family}, ${formatCount(model.parameters)} parameters, code of ${model.code.join("×")}`],
      [
        "epochs",
        [
          `${result.epochs} in ${formatDuration(result.seconds)}`,
          // What is solved at once goes through no samples.
          ...(result.samplesPerSecond > 0 ? [`${formatCount(result.samplesPerSecond)} samples/s`] : []),
        ].join(", "),
      ],
      ...Object.entries(result.figures)
        // What is measured of reconstructions at the end takes its place.
        .filter(([name]) => !name.endsWith(figure))
        .map(([name, value]) => [name, formatFigure(value)] as const),
      ...(reconstruction === undefined
        ? []
        : [
            [
              figure,
              `${formatFigure(reconstruction.mse)} on ${formatSamples(reconstruction.samples, examinedPart(data))}`,
            ] as const,
            ...targetLines(reconstruction.targets),
            ["variance kept", formatVarianceKept(reconstruction.explainedVariance)] as const,
          ]),
      ...(pca === undefined || reconstruction === undefined
        ? []
        : [["PCA", `${formatFigure(pca.mse)} with as many numbers: ${verdict(reconstruction.mse, pca)}`] as const]),
      ["run", folder],
      ["report", colors.bold(join(folder, runFiles.report))],
    ]),
    ...warnings.map(({ title, text }) => `${colors.yellow(`${title}:`)} ${text}`),
    ...(state === "interrupted" ? [`Go on with it: sandglass resume ${folder}`] : []),
  ].join("\n");
}

/** A difference below a hundredth is none. */
function verdict(model: number, { mse: pca, caveat }: PcaFigures): string {
  if (model < 0.99 * pca) return "the model wins";
  if (caveat !== undefined) return CAVEATS[caveat];
  if (model > 1.01 * pca) return "PCA wins; train longer, or take a larger model";
  return "no difference";
}

const CAVEATS: Readonly<Record<PcaCaveat, string>> = {
  "whole numbers": "but of 32 bits each, and the model's are whole ones of a few bits",
  "large code": "next to nothing has to be left out, which says little",
};

function summaryOf({ state, data, model, training, result }: RunRecord): object {
  return { state, data, model, training, result };
}

/** What `sandglass classify train` does. */
import { join } from "node:path";
import {
  chooseBase,
  choicesFor,
  formatProportion,
  parseThreshold,
  trainClassifierRun,
  type ClassifierChoices,
  type FinishedClassifierRun,
} from "../classify/index.ts";
import { UserError } from "../errors.ts";
import { commandText } from "../runs/command-text.ts";
import { runFiles } from "../runs/run-folder.ts";
import { openForTraining } from "../sources/index.ts";
import { formatCount, formatDuration, formatSamples, formatShare } from "../text/number-format.ts";
import { checkTraining } from "./check-training.ts";
import type { ClassifyTrainArguments } from "./commands/classify.ts";
import type { Context } from "./context.ts";
import { dataChoices } from "./data-options.ts";
import { parseNetworkOptions } from "./network-options.ts";
import { openServices } from "./open-services.ts";
import type { Output } from "./output.ts";
import type { RemainingWords } from "./run-train.ts";
import { formatPairs } from "./table.ts";
import { trainingDisplay } from "./training-display.ts";
import { withDevice } from "./with-device.ts";

export async function runClassifyTrain(
  context: Context,
  { words, flags }: RemainingWords,
  given: ClassifyTrainArguments,
): Promise<void> {
  const { output, globals, commandLine } = context;
  const { options, words: sources } = parseNetworkOptions(given.base, words, flags);
  const [source, ...others] = sources;
  if (source === undefined || others.length > 0) {
    throw new UserError(
      `classify train takes one <data>; ${sources.length === 0 ? "none" : sources.join(" and ")} came`,
      {
        exitCode: 2,
      },
    );
  }
  const choices = choicesOf(given, globals);
  // Before the data are read, which may take minutes.
  await checkTraining(source, given);
  const services = openServices(context);
  await withDevice(globals, async (device) => {
    const base = await chooseBase(given, device);
    const request = {
      choices: await choicesFor(source, dataChoices(given), base),
      validation: given.validation,
      seed: globals.seed ?? 0,
    };
    const data = await openForTraining(source, request, services);
    try {
      for (const note of data.notes) output.note(`${data.name}: ${note}`);
      const { training } = data;
      const network = base === undefined ? "a convolutional network" : `a new head on ${base.name}`;
      const samples = `${formatSamples(training.count)} of ${training.shape.join("×")}`;
      output.note(`${data.name}: ${samples}; ${network}`);
      const run = await trainClassifierRun(data, {
        source,
        request,
        base,
        options,
        choices,
        out: given.out,
        force: given.force ?? false,
        device,
        command: commandText(commandLine),
        services,
        progress: trainingDisplay(output),
      });
      for (const note of data.lateNotes?.() ?? []) output.note(`${data.name}: ${note}`);
      present(output, run);
    } finally {
      await data.close();
    }
  });
}

function choicesOf(given: ClassifyTrainArguments, { seed, deterministic }: Context["globals"]): ClassifierChoices {
  const { fineTune, fineTuneEpochs, classWeights, sampling, threshold, labelSmoothing } = given;
  if (classWeights !== undefined && sampling !== undefined) {
    throw new UserError("--class-weights and --sampling both make up for rare classes; give one of them", {
      exitCode: 2,
    });
  }
  if (fineTune === undefined && fineTuneEpochs !== undefined) {
    throw new UserError("--fine-tune-epochs goes with --fine-tune LAYER or --fine-tune 0.3", { exitCode: 2 });
  }
  if (labelSmoothing !== undefined && labelSmoothing >= 1) {
    throw new UserError(`--label-smoothing takes a share below 1; ${labelSmoothing} came`, { exitCode: 2 });
  }
  const { epochs, batchSize, optimizer, learningRate, patience, augment, labelsPerClass } = given;
  const from = fineTune === undefined || Number.isNaN(Number(fineTune)) ? fineTune : Number(fineTune);
  return {
    epochs,
    batchSize,
    optimizer,
    learningRate,
    patience,
    augment,
    labelsPerClass,
    labelSmoothing,
    balance: classWeights === undefined ? (sampling === undefined ? undefined : "sampling") : "weights",
    threshold: threshold === undefined ? undefined : parseThreshold(threshold),
    ...(from !== undefined && { fineTune: { from, epochs: fineTuneEpochs } }),
    seed,
    deterministic,
  };
}

/** @throws UserError when the training diverged: the command has failed, though there is a run. */
function present(output: Output, { folder, record }: FinishedClassifierRun): void {
  const report = join(folder, runFiles.report);
  const { result, state, model } = record;
  if (state === "diverged") {
    throw new UserError(`${result.note}\nThe run is in ${folder}, with the last good weights; see ${report}`);
  }
  const colors = output.resultColors;
  const { examination, comparison, threshold, leaks = [] } = result;
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
              : [["sensitivity", formatProportion(examination.binary.sensitivity)] as const]),
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
    ...leaks.map((line) => `${colors.yellow("leak:")} ${line}`),
  ].join("\n");
  const { data, training } = record;
  output.result(text, { run: folder, report, state, data, model, training, result });
}

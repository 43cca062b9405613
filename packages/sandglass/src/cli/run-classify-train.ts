/** What `sandglass classify train` does. */
import type { AnyDataset } from "@sandglass/core";
import {
  chooseBase,
  choicesFor,
  labelledData,
  ownNetwork,
  parseThreshold,
  trainClassifierRun,
  type ClassifierChoices,
} from "../classify/index.ts";
import { UserError } from "../errors.ts";
import { commandText } from "../runs/command-text.ts";
import { openForTraining } from "../sources/index.ts";
import { formatCount, formatSamples } from "../text/number-format.ts";
import { checkTraining } from "./check-training.ts";
import { classNumber } from "./class-label.ts";
import type { ClassifyTrainArguments } from "./commands/classify.ts";
import type { Context } from "./context.ts";
import { dataChoices } from "./data-options.ts";
import { parseNetworkOptions } from "./network-options.ts";
import { openServices } from "./open-services.ts";
import { presentClassifier } from "./present-classifier.ts";
import type { RemainingWords } from "./run-train.ts";
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
  if (given.target !== undefined) {
    throw new UserError("--target says what to make of each image, and a classifier says its class; leave it out", {
      exitCode: 2,
    });
  }
  await checkTraining(source, given);
  const services = openServices(context);
  await withDevice(globals, async (device) => {
    const base = await chooseBase(given, device, services);
    const request = {
      choices: await choicesFor(source, dataChoices(given), base),
      validation: given.validation,
      seed: globals.seed ?? 0,
    };
    const data = await openForTraining(source, request, services);
    try {
      for (const note of data.notes) output.note(`${data.name}: ${note}`);
      const { training } = data;
      const { labelsPerClass } = choices;
      const learned = labelledData(training, { labelsPerClass, seed: request.seed });
      const few = labelsPerClass === undefined ? "" : `${formatCount(learned.count)} of `;
      const network = base === undefined ? `a ${ownNetwork(training.shape)}` : `a new head on ${base.name}`;
      const values = base === undefined || training.shape.length !== 3 ? "" : `, given ${VALUES[base.inputValues]}`;
      const samples = `${few}${formatSamples(training.count)} of ${training.shape.join("×")}`;
      output.note(`${data.name}: ${samples}; ${network}${values}`);
      const run = await trainClassifierRun(data, {
        source,
        request,
        base,
        options,
        choices: { ...choices, positive: positiveOf(given.positive, training) },
        out: given.out,
        force: given.force ?? false,
        device,
        command: commandText(commandLine),
        services,
        progress: trainingDisplay(output),
      });
      for (const note of data.lateNotes?.() ?? []) output.note(`${data.name}: ${note}`);
      presentClassifier(output, run);
    } finally {
      await data.close();
    }
  });
}

/** The values of images that bases take. */
const VALUES = {
  unit: "values from 0 to 1",
  symmetric: "values from −1 to 1",
  pixels: "values from 0 to 255",
} as const;

/** The number of the class that is looked for; undefined where none was named. */
function positiveOf(name: string | undefined, { labels, classNames }: AnyDataset): number | undefined {
  if (name === undefined || labels === undefined) return undefined;
  const numClasses = classNames?.length ?? 2;
  if (numClasses !== 2) {
    throw new UserError(`--positive is for two classes; there are ${numClasses}, of which the likeliest is taken`, {
      exitCode: 2,
    });
  }
  return classNumber(name, { numClasses, classNames }, "--positive");
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

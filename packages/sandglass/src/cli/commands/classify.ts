import { Command } from "commander";
import type { Half, ReadingChoices } from "../../sources/index.ts";
import type { Context } from "../context.ts";
import { oneOf, positiveNumber, wholeNumber } from "../option-parsers.ts";
import { addTrainingOptions, type TrainingArguments } from "../training-options.ts";
import { addReadingOptions, batchSizeOption, countOption, refuseDataOptions, splitOption } from "../use-options.ts";

export interface ClassifyTrainArguments extends TrainingArguments {
  readonly base: string;
  readonly weights?: string;
  readonly alpha?: number;
  readonly inputValues?: "unit" | "symmetric" | "pixels";
  readonly fineTune?: string;
  readonly fineTuneEpochs?: number;
  readonly classWeights?: "balanced";
  readonly sampling?: "balanced";
  readonly labelSmoothing?: number;
  readonly threshold?: string;
  readonly positive?: string;
  readonly labelsPerClass?: number;
}

export interface ClassifyUseArguments extends ReadingChoices {
  readonly split: Half;
  readonly count?: number;
  readonly batchSize: number;
  readonly out?: string;
  readonly force?: boolean;
}

const TRAIN_EXAMPLES = `
Examples:
  $ sandglass classify train chest_xray --size 64 --color grey --class-weights balanced --positive PNEUMONIA --threshold sensitivity=0.95
  $ sandglass classify train fashion-mnist --filters 16,32,64 --convolutions 2 --augment flip
  $ sandglass classify train cats-dogs --base mobilenetv2 --fine-tune 0.3
  $ sandglass classify train cats-dogs --base mobilenetv2 --weights mobilenet_v2_0.35.h5 --alpha 0.35
  $ sandglass classify train fashion-mnist --base runs/my-autoencoder --labels-per-class 10
  $ sandglass classify train deliveries.csv --label late

The threshold is chosen on validation data, and test data, where the set has some, are looked at once, at the end.`;

/** As the library's tables, which are not loaded only to print help; a test compares them. */
export const NETWORK_FLAGS = {
  cnn: "filters convolutions kernel stride pooling pool-size normalization activation features units dropout",
  base: "pooling units dropout",
} as const;

const NETWORK_OPTIONS = `
Options of the network, for --base cnn: ${flags(NETWORK_FLAGS.cnn)}; of a head on another base: ${flags(NETWORK_FLAGS.base)}.
A wrong value of one is answered with what it may be; lists are separated by commas, such as --filters 16,32,64.`;

function flags(names: string): string {
  return names
    .split(" ")
    .map((name) => `--${name}`)
    .join(", ");
}

/** `sandglass classify train|evaluate|predict` */
export function classifyCommand(context: () => Context): Command {
  const command = new Command("classify").description(
    "tell classes apart: a convolutional network, or a new head on MobileNetV2 or on your own encoder",
  );
  for (const define of [trainCommand, evaluateCommand, predictCommand]) command.addCommand(define(context));
  return command.addHelpText(
    "after",
    `
Examples:
  $ sandglass classify train chest_xray --base mobilenetv2
  $ sandglass classify evaluate runs/last chest_xray --split test
  $ sandglass classify predict runs/last new-images --out predictions.csv`,
  );
}

function trainCommand(context: () => Context): Command {
  const command = new Command("train")
    .description("train a classifier, and leave a run folder with it and a report")
    .usage("[options] <data> [options of the network]")
    .argument("<data...>", "images in a folder for each class, a data set with labels, arrays, or a table with --label")
    .option("--base <name>", "cnn; mobilenetv2; the run of an autoencoder; or a model file (.keras, .h5, .onnx)", "cnn")
    .option(
      "--weights <file>",
      "weights of MobileNetV2, a file or a folder (default: ImageNet's, downloaded from Keras)",
    )
    .option(
      "--input-values <range>",
      "what the network of a model file takes: unit (0 to 1), symmetric (−1 to 1) or pixels (0 to 255) (default: unit)",
      oneOf(["unit", "symmetric", "pixels"]),
    )
    .option("--alpha <number>", "width of MobileNetV2 (default: by the weights, or 1)", positiveNumber)
    .option(
      "--fine-tune <layer>",
      "let the base learn, too, once the head has: from a layer on, or a share of the last ones, 0.3",
    )
    .option(
      "--fine-tune-epochs <number>",
      "times to go through the data then (default: half of those before)",
      wholeNumber(1),
    )
    .option("--class-weights <rule>", "balanced: every class counts alike, however rare it is", oneOf(["balanced"]))
    .option("--sampling <rule>", "balanced: every class comes as often as the others", oneOf(["balanced"]))
    .option("--label-smoothing <share>", "certainty that goes to all classes alike, such as 0.1", positiveNumber)
    .option(
      "--threshold <rule>",
      "of two classes, from which probability on it is the positive one: f1, youden, sensitivity=0.95, specificity=0.9 on validation data, or a number (default: 0.5)",
    )
    .option("--positive <class>", "of two classes, the one that is looked for (default: the second)")
    .option(
      "--labels-per-class <number>",
      "learn from so many samples of each class; with a base, also from scratch",
      wholeNumber(1),
    );
  addTrainingOptions(command, {
    epochs: "by the network and the samples",
    batchSize: "64, less for few samples",
    optimizer: "adam",
    learningRate: "0.001; it falls to nothing in the end",
    run: "<date-time>-<data>-classify-<base>",
  });
  return (
    command
      // The network's options are known once the base is.
      .allowUnknownOption()
      .addHelpText("after", TRAIN_EXAMPLES)
      .addHelpText("after", NETWORK_OPTIONS)
      .action(async (words: readonly string[], options: ClassifyTrainArguments, command: Command) => {
        const { runClassifyTrain } = await import("../run-classify-train.ts");
        const flags = command.options.flatMap(({ long }) => long ?? []);
        await runClassifyTrain(context(), { words, flags }, options);
      })
  );
}

function evaluateCommand(context: () => Context): Command {
  return addUseOptions(new Command("evaluate"))
    .description("measure a classifier on samples with labels that it has not seen")
    .argument("<run>", "the run's folder, such as runs/last")
    .argument("<data>", "data like those of the run, with labels")
    .option("--out <folder>", "write the figures with curves and pictures as a page, report.html, into a folder")
    .addHelpText(
      "after",
      `
Examples:
  $ sandglass classify evaluate runs/last chest_xray --split test
  $ sandglass classify evaluate runs/last xrays-of-another-clinic --out other-clinic`,
    )
    .action(async (run: string, source: string, options: ClassifyUseArguments) => {
      const { runClassifyEvaluate } = await import("../run-classify-evaluate.ts");
      await runClassifyEvaluate(context(), run, source, options);
    });
}

function predictCommand(context: () => Context): Command {
  return addUseOptions(new Command("predict"))
    .description("name the class of each sample, with the probabilities of all")
    .argument("<run>", "the run's folder, such as runs/last")
    .argument("<data>", "data like those of the run; labels are not needed")
    .requiredOption("-o, --out <file>", "the table to write: .csv, .tsv, .parquet, .json")
    .addHelpText(
      "after",
      `
Examples:
  $ sandglass classify predict runs/last new-images --out predictions.csv`,
    )
    .action(async (run: string, source: string, options: ClassifyUseArguments) => {
      const { runClassifyPredict } = await import("../run-classify-predict.ts");
      await runClassifyPredict(context(), run, source, options);
    });
}

function addUseOptions(command: Command): Command {
  command
    .addOption(splitOption())
    .addOption(countOption())
    .addOption(batchSizeOption(64))
    .option("--force", "replace a file that is there already");
  return refuseDataOptions(addReadingOptions(command));
}

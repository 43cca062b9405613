import { Command } from "commander";
import type { Context } from "../context.ts";
import { oneOf, positiveNumber, validationPart, wholeNumber } from "../option-parsers.ts";

const OPTIMIZERS = ["adam", "nadam", "rmsprop", "sgd"] as const;
const LOSSES = ["mse", "mae", "bce"] as const;

/** What `sandglass train` takes. */
interface TrainArguments {
  readonly model: string;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly optimizer?: (typeof OPTIMIZERS)[number];
  readonly learningRate?: number;
  readonly loss?: (typeof LOSSES)[number];
  readonly validation: number;
  readonly count?: number;
  readonly patience?: number;
  readonly out?: string;
  readonly force?: true;
}

const EXAMPLES = `
Examples:
  $ sandglass train wardrobe
  $ sandglass train fashion-mnist --model conv --epochs 10
  $ sandglass train fashion-mnist --model stacked --validation 5000 --patience 3
  $ sandglass train scans-images-idx3-ubyte.gz --model conv-30 --out runs/scans`;

/** `sandglass train DATA` */
export function trainCommand(context: () => Context): Command {
  return new Command("train")
    .description("train an autoencoder, and leave a run folder with the model and a report")
    .argument("<data>", "a data set (sandglass datasets), an IDX file, or a folder with IDX files")
    .option("-m, --model <name>", "kind of autoencoder (sandglass models)", "conv")
    .option("-e, --epochs <number>", "times to go through the data (default: the model's own)", wholeNumber(1))
    .option("-b, --batch-size <number>", "samples in a step (default: the model's own)", wholeNumber(1))
    .option("--optimizer <name>", `one of ${OPTIMIZERS.join(", ")} (default: the model's own)`, oneOf(OPTIMIZERS))
    .option("--learning-rate <number>", "size of the steps (default: the optimizer's own)", positiveNumber)
    .option("--loss <name>", `one of ${LOSSES.join(", ")} (default: the model's own)`, oneOf(LOSSES))
    .option("--validation <part>", "samples to hold back: the last N, or a share; 0 for none", validationPart, 0.1)
    .option("--count <number>", "use only the first samples, or draw so many", wholeNumber(1))
    .option("--patience <epochs>", "stop when it got no better for so many epochs", wholeNumber(0))
    .option("-o, --out <folder>", "the run's folder (default: runs/<date-time>-<data>-<model>)")
    .option("--force", "replace a run that is there already")
    .addHelpText("after", EXAMPLES)
    .action(async (source: string, options: TrainArguments) => {
      const { runTrain } = await import("../run-train.ts");
      await runTrain(context(), source, options);
    });
}

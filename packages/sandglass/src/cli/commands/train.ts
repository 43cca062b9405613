import { Command } from "commander";
import type { Context } from "../context.ts";
import type { DataChoices } from "../../sources/index.ts";
import { addDataOptions } from "../data-options.ts";
import { oneOf, positiveNumber, validationPart, wholeNumber } from "../option-parsers.ts";

/** As the library's `optimizerNames`, which is not loaded only to print help; a test compares them. */
export const OPTIMIZERS = ["adam", "nadam", "rmsprop", "sgd", "adamW", "adamax", "lion"] as const;

/** What `sandglass train` takes beside a model's own options. */
interface TrainArguments extends DataChoices {
  readonly model?: string;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly optimizer?: (typeof OPTIMIZERS)[number];
  readonly learningRate?: number;
  readonly validation?: number | "validation" | "test";
  readonly patience?: number;
  readonly augment?: string;
  readonly out?: string;
  readonly force?: true;
}

const EXAMPLES = `
Every model has options of its own, such as --code, --loss and --preset fast|balanced|best: sandglass models NAME lists them.

Examples:
  $ sandglass train wardrobe
  $ sandglass train fashion-mnist --model conv --epochs 10
  $ sandglass train fashion-mnist --model deep --code 30 --units 100 --validation 5000 --patience 3
  $ sandglass train mnist --model vae --code 2 --preset best
  $ sandglass train photos --size 64 --model conv --code 64
  $ sandglass train chest_xray --color grey --size 128 --group "^(person\\d+)" --validation 0.2
  $ sandglass train deliveries.csv --ignore order_id --label late
  $ sandglass train scans-images-idx3-ubyte.gz --model denoising --out runs/scans`;

/** `sandglass train DATA` */
export function trainCommand(context: () => Context): Command {
  const command = new Command("train")
    .description("train a model, and leave a run folder with it and a report")
    .usage("[options] <data> [options of the model]")
    .argument("<data...>", "a data set (sandglass datasets), a folder of images, a table, or a file of arrays")
    .option("-m, --model <name>", "kind of model: sandglass models (default: conv for images, deep for all else)")
    .option("-e, --epochs <number>", "times to go through the data (default: the model's own)", wholeNumber(1))
    .option("-b, --batch-size <number>", "samples in a step (default: the model's own)", wholeNumber(1))
    .option("--optimizer <name>", `one of ${OPTIMIZERS.join(", ")} (default: the model's own)`, oneOf(OPTIMIZERS))
    .option("--learning-rate <number>", "size of the steps (default: the optimizer's own)", positiveNumber)
    .option(
      "--validation <part>",
      "samples to hold back: a number, or a share; 0 for none; validation or test for the set's own part (default: a tenth, or the set's own)",
      validationPart,
    )
    .option(
      "--augment <list>",
      'change samples at random while training: "flip,rotate=10,zoom=0.1" (the report shows how)',
    )
    .option("--patience <epochs>", "stop when it got no better for so many epochs", wholeNumber(0))
    .option("-o, --out <folder>", "the run's folder (default: runs/<date-time>-<data>-<model>)")
    .option("--force", "replace a run that is there already");
  addDataOptions(command);
  return (
    command
      // The model's options are known once it is.
      .allowUnknownOption()
      .addHelpText("after", EXAMPLES)
      .action(async (words: readonly string[], options: TrainArguments, command: Command) => {
        const { runTrain } = await import("../run-train.ts");
        const flags = command.options.flatMap(({ long }) => long ?? []);
        await runTrain(context(), { words, flags }, options);
      })
  );
}

/** The options that every training takes, whatever is trained. */
import type { Command } from "commander";
import type { DataChoices } from "../sources/index.ts";
import { addDataOptions } from "./data-options.ts";
import { oneOf, positiveNumber, validationPart, wholeNumber } from "./option-parsers.ts";

/** As the library's `optimizerNames`, which is not loaded only to print help; a test compares them. */
export const OPTIMIZERS = ["adam", "nadam", "rmsprop", "sgd", "adamW", "adamax", "lion"] as const;

/** What was given of them, and of the options of the data. */
export interface TrainingArguments extends DataChoices {
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly optimizer?: (typeof OPTIMIZERS)[number];
  readonly learningRate?: number;
  readonly validation?: number | "validation" | "test";
  readonly augment?: string;
  readonly patience?: number;
  readonly out?: string;
  readonly force?: boolean;
}

/** What holds where the user does not say, in words for the help. */
interface Unsaid {
  readonly epochs: string;
  readonly batchSize: string;
  readonly optimizer: string;
  readonly learningRate: string;
  /** How the run's folder is called. */
  readonly run: string;
}

/** Declares them, and those of the data. */
export function addTrainingOptions(command: Command, unsaid: Unsaid): Command {
  command
    .option("-e, --epochs <number>", `times to go through the data (default: ${unsaid.epochs})`, wholeNumber(1))
    .option("-b, --batch-size <number>", `samples in a step (default: ${unsaid.batchSize})`, wholeNumber(1))
    .option("--optimizer <name>", `one of ${OPTIMIZERS.join(", ")} (default: ${unsaid.optimizer})`, oneOf(OPTIMIZERS))
    .option("--learning-rate <number>", `size of the steps (default: ${unsaid.learningRate})`, positiveNumber)
    .option(
      "--validation <part>",
      "samples to hold back: a number, or a share; 0 for none; validation or test for the set's own part (default: a tenth, or the set's own)",
      validationPart,
    )
    .option(
      "--augment <list>",
      'change samples at random while training: "flip,rotate=10,zoom=0.1" (sandglass explore DATA --augment … shows how)',
    )
    .option("--patience <epochs>", "stop when validation got no better for so many epochs", wholeNumber(0))
    .option("-o, --out <folder>", `the run's folder (default: runs/${unsaid.run})`)
    .option("--force", "replace a run that is there already");
  return addDataOptions(command);
}

import { Command } from "commander";
import type { Half, ReadingChoices } from "../../sources/index.ts";
import type { Context } from "../context.ts";
import { batchSizeOption, countOption, refuseDataOptions, splitOption, addReadingOptions } from "../use-options.ts";

const EXAMPLES = `
Examples:
  $ sandglass evaluate runs/last fashion-mnist
  $ sandglass evaluate runs/last fashion-mnist --split train --count 5000
  $ sandglass evaluate runs/last chest_xray
  $ sandglass evaluate runs/last noisy-scans --target clean-scans
  $ sandglass evaluate runs/last deliveries-of-may.csv --json

New data are prepared as those of the run were: images brought to the same size, columns of a table to the same scales.`;

export interface EvaluateArguments extends ReadingChoices {
  readonly split: Half;
  readonly count?: number;
  readonly target?: string;
  readonly batchSize: number;
}

/** `sandglass evaluate RUN DATA` */
export function evaluateCommand(context: () => Context): Command {
  const command = new Command("evaluate")
    .description("measure how well a trained model gives back data that it has not seen")
    .argument("<run>", "the run's folder, such as runs/last")
    .argument("<data>", "data like those of the run: a data set, a folder of images, a table, or a file of arrays")
    .addOption(splitOption())
    .addOption(countOption())
    .option("--target <folder>", "what the model should make of each image: the image of the same name there")
    .addOption(batchSizeOption(128))
    .addHelpText("after", EXAMPLES)
    .action(async (run: string, source: string, options: EvaluateArguments) => {
      const { runEvaluate } = await import("../run-evaluate.ts");
      await runEvaluate(context(), run, source, options);
    });
  return refuseDataOptions(addReadingOptions(command));
}

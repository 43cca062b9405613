import { Command } from "commander";
import type { Half, ReadingChoices } from "../../sources/index.ts";
import type { Context } from "../context.ts";
import { wholeNumber } from "../option-parsers.ts";
import { refuseDataOptions, splitOption, addReadingOptions } from "../use-options.ts";

const EXAMPLES = `
Examples:
  $ sandglass reconstruct runs/last fashion-mnist --out pictures
  $ sandglass reconstruct runs/last wardrobe --count 100 --out pictures --force
  $ sandglass reconstruct runs/last deliveries.csv --out back.csv`;

export interface ReconstructArguments extends ReadingChoices {
  readonly out: string;
  readonly split: Half;
  readonly count?: number;
  readonly zoom: number;
  readonly force?: boolean;
}

/** `sandglass reconstruct RUN DATA` */
export function reconstructCommand(context: () => Context): Command {
  const command = new Command("reconstruct")
    .description("write what a trained model gives back: images beside the originals, or the rows of a table")
    .argument("<run>", "the run's folder, such as runs/last")
    .argument("<data>", "data like those of the run: a data set, a folder of images, a table, or a file of arrays")
    .requiredOption("-o, --out <path>", "a folder for PNG files; of tables, a file: back.csv, .tsv, .parquet, .json")
    .addOption(splitOption())
    .option("--count <number>", "how many samples (default: the first 16 images, or all rows)", wholeNumber(1, 100_000))
    .option("--zoom <factor>", "how many times to enlarge the sheets", wholeNumber(1, 32), 4)
    .option("--force", "write into a folder that has files already, or over a file")
    .addHelpText("after", EXAMPLES)
    .action(async (run: string, source: string, options: ReconstructArguments) => {
      const { runReconstruct } = await import("../run-reconstruct.ts");
      await runReconstruct(context(), run, source, options);
    });
  return refuseDataOptions(addReadingOptions(command));
}

import { Command } from "commander";
import type { Half } from "../../sources/index.ts";
import type { Context } from "../context.ts";
import { oneOf, wholeNumber } from "../option-parsers.ts";

const EXAMPLES = `
Examples:
  $ sandglass reconstruct runs/last fashion-mnist --out pictures
  $ sandglass reconstruct runs/last wardrobe --count 100 --out pictures --force`;

export interface ReconstructArguments {
  readonly out: string;
  readonly split: Half;
  readonly count?: number;
  readonly zoom: number;
  readonly force?: boolean;
}

/** `sandglass reconstruct RUN DATA` */
export function reconstructCommand(context: () => Context): Command {
  return new Command("reconstruct")
    .description("write what a trained model gives back of images, beside the originals")
    .argument("<run>", "the run's folder, such as runs/last")
    .argument("<data>", "data like those of the run: a data set, a folder of images, a table, or a file of arrays")
    .requiredOption("-o, --out <folder>", "where to write the PNG files")
    .option(
      "--split <half>",
      "which part of the data, where there are several",
      oneOf(["train", "validation", "test"]),
      "test",
    )
    .option("--count <number>", "how many images (default: the first 16)", wholeNumber(1, 100_000))
    .option("--zoom <factor>", "how many times to enlarge the sheets", wholeNumber(1, 32), 4)
    .option("--force", "write into a folder that has files already")
    .addHelpText("after", EXAMPLES)
    .action(async (run: string, source: string, options: ReconstructArguments) => {
      const { runReconstruct } = await import("../run-reconstruct.ts");
      await runReconstruct(context(), run, source, options);
    });
}

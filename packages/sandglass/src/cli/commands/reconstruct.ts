import { Command } from "commander";
import type { Context } from "../context.ts";
import { oneOf, wholeNumber } from "../option-parsers.ts";

const EXAMPLES = `
Examples:
  $ sandglass reconstruct runs/last fashion-mnist --out pictures
  $ sandglass reconstruct runs/last wardrobe --count 100 --out pictures --force`;

export interface ReconstructArguments {
  readonly out: string;
  readonly split: "train" | "test";
  readonly count?: number;
  readonly zoom: number;
  readonly force?: boolean;
}

/** `sandglass reconstruct RUN DATA` */
export function reconstructCommand(context: () => Context): Command {
  return new Command("reconstruct")
    .description("write what a trained model gives back of images, beside the originals")
    .argument("<run>", "the run's folder, such as runs/last")
    .argument("<data>", "a data set (sandglass datasets), an IDX file, or a folder with IDX files")
    .requiredOption("-o, --out <folder>", "where to write the PNG files")
    .option("--split <half>", "which half of the data: train or test", oneOf(["train", "test"]), "test")
    .option("--count <number>", "how many images (default: the first 16)", wholeNumber(1, 100_000))
    .option("--zoom <factor>", "how many times to enlarge the sheets", wholeNumber(1, 32), 4)
    .option("--force", "write into a folder that has files already")
    .addHelpText("after", EXAMPLES)
    .action(async (run: string, source: string, options: ReconstructArguments) => {
      const { runReconstruct } = await import("../run-reconstruct.ts");
      await runReconstruct(context(), run, source, options);
    });
}

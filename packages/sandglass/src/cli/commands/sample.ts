import { Command } from "commander";
import type { Context } from "../context.ts";
import { wholeNumber } from "../option-parsers.ts";

const EXAMPLES = `
Examples:
  $ sandglass sample runs/last --out samples
  $ sandglass sample runs/last --count 100 --label sneaker --seed 3 --out sneakers

For models that generate: sandglass models says what each is for.`;

export interface SampleArguments {
  readonly out: string;
  readonly count: number;
  readonly label?: string;
  readonly zoom: number;
  readonly force?: boolean;
}

/** `sandglass sample RUN` */
export function sampleCommand(context: () => Context): Command {
  return new Command("sample")
    .description("draw new samples with a model that generates")
    .argument("<run>", "the run's folder, such as runs/last")
    .requiredOption("-o, --out <folder>", "where to write PNG files, or of samples that are no images samples.csv")
    .option("--count <number>", "how many samples", wholeNumber(1, 100_000), 100)
    .option(
      "--label <class>",
      "only of this class, by its name or number, of a conditional model (default: all in turn)",
    )
    .option("--zoom <factor>", "how many times to enlarge the sheets", wholeNumber(1, 32), 2)
    .option("--force", "write into a folder that has files already")
    .addHelpText("after", EXAMPLES)
    .action(async (run: string, options: SampleArguments) => {
      const { runSample } = await import("../run-sample.ts");
      await runSample(context(), run, options);
    });
}

import { Command } from "commander";
import type { Context } from "../context.ts";
import { wholeNumber } from "../option-parsers.ts";

const EXAMPLES = `
Examples:
  $ sandglass judge runs/last fashion-mnist
  $ sandglass judge runs/last wardrobe --count 2000 --json

A small classifier is trained on the real images. In what it sees of them, the Fréchet distance says how far drawn images
lie from real ones. Another classifier learns from drawn images alone, and is tested on real ones. Images of a model that
was not trained with --conditional get the classes that the first classifier takes them for.`;

export interface JudgeArguments {
  readonly count: number;
}

/** `sandglass judge RUN DATA` */
export function judgeCommand(context: () => Context): Command {
  return new Command("judge")
    .description("measure how good the images are that a model draws")
    .argument("<run>", "the run's folder, such as runs/last")
    .argument("<data>", "a data set with labels (sandglass datasets)")
    .option("--count <number>", "how many images to draw", wholeNumber(100, 100_000), 10_000)
    .addHelpText("after", EXAMPLES)
    .action(async (run: string, source: string, options: JudgeArguments) => {
      const { runJudge } = await import("../run-judge.ts");
      await runJudge(context(), run, source, options);
    });
}

import { Command } from "commander";
import type { Context } from "../context.ts";
import { wholeNumber } from "../option-parsers.ts";

const EXAMPLES = `
Examples:
  $ sandglass resume runs/last
  $ sandglass resume runs/last --epochs 30

What comes out is, bit for bit, what a run without the interruption would have given. With other epochs it is so,
too, unless the learning rate falls over the epochs (--preset best) or they are divided among phases. A classifier's rate
always falls: its runs go on when they were interrupted, and take no --epochs.`;

export interface ResumeArguments {
  readonly epochs?: number;
}

/** `sandglass resume RUN` */
export function resumeCommand(context: () => Context): Command {
  return new Command("resume")
    .description("go on with a run that was interrupted, or train it for more epochs")
    .argument("<run>", "the run's folder, such as runs/last")
    .option("-e, --epochs <number>", "epochs in all (default: as many as the run was to have)", wholeNumber(1))
    .addHelpText("after", EXAMPLES)
    .action(async (run: string, options: ResumeArguments) => {
      const { runResume } = await import("../run-resume.ts");
      await runResume(context(), run, options);
    });
}

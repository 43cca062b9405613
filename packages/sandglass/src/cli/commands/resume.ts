import { Command } from "commander";
import type { Context } from "../context.ts";
import { wholeNumber } from "../option-parsers.ts";

const EXAMPLES = `
Examples:
  $ sandglass resume runs/last
  $ sandglass resume runs/last --epochs 30

What comes out is, bit for bit, what a run without the interruption would have given.`;

/** `sandglass resume RUN` */
export function resumeCommand(context: () => Context): Command {
  return new Command("resume")
    .description("go on with a run that was interrupted, or train it for more epochs")
    .argument("<run>", "the run's folder, such as runs/last")
    .option("-e, --epochs <number>", "epochs in all (default: as many as the run was to have)", wholeNumber(1))
    .addHelpText("after", EXAMPLES)
    .action(async (typed: string, { epochs }: { readonly epochs?: number }) => {
      const [{ loadRecord, loadRun }, { checkResumable, resumeRun }] = await Promise.all([
        import("../../runs/load-run.ts"),
        import("../../training/train-run.ts"),
      ]);
      const [{ openForTraining }, { openServices }, { presentRun }, { trainingDisplay }, { withDevice }] =
        await Promise.all([
          import("../../sources/index.ts"),
          import("../open-services.ts"),
          import("../present-run.ts"),
          import("../training-display.ts"),
          import("../with-device.ts"),
        ]);
      const { commandText } = await import("../../runs/command-text.ts");
      const { output, globals, signal, commandLine, ...rest } = context();
      const { formatCount } = await import("../../text/number-format.ts");
      const { training, data: identity, result } = await loadRecord(typed);
      // What decides the bits is the run's, not this call's.
      const { deterministic } = training;
      const finished = await withDevice({ ...globals, deterministic }, async (device) => {
        const run = await loadRun(typed, { device, resume: true });
        checkResumable(run, epochs);
        const given = { output, globals, signal, commandLine, ...rest };
        const opened = await openForTraining(identity.source, identity.request, openServices(given));
        const done = `${formatCount(run.history.length)} epoch${run.history.length === 1 ? "" : "s"}`;
        // There is a note where the training ended in the middle of an epoch.
        const anew = result.note === undefined ? "" : "; the interrupted one begins anew";
        output.note(`${run.folder}: going on after ${done}${anew}`);
        try {
          return await resumeRun(run, opened, {
            epochs,
            device,
            command: commandText(commandLine),
            progress: trainingDisplay(output),
            signal,
          });
        } finally {
          await opened.close();
        }
      });
      presentRun(output, finished);
    });
}

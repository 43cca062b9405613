/** What `sandglass resume` does. */
import { counted } from "@sandglass/core";
import { commandText } from "../runs/command-text.ts";
import { loadRecord, loadRun } from "../runs/load-run.ts";
import { openForTraining } from "../sources/index.ts";
import { describeChangedDecay } from "../training/changed-decay.ts";
import { checkResumable, resumeRun } from "../training/train-run.ts";
import type { ResumeArguments } from "./commands/resume.ts";
import type { Context } from "./context.ts";
import { openServices } from "./open-services.ts";
import { presentRun } from "./present-run.ts";
import { trainingDisplay } from "./training-display.ts";
import { withDevice } from "./with-device.ts";

export async function runResume(context: Context, typed: string, { epochs }: ResumeArguments): Promise<void> {
  const { output, globals, signal, commandLine } = context;
  const { training, data: identity, result } = await loadRecord(typed);
  // What decides the bits is the run's, not this call's.
  const { deterministic } = training;
  const finished = await withDevice({ ...globals, deterministic }, async (device) => {
    const run = await loadRun(typed, { device, resume: true });
    checkResumable(run, epochs);
    const opened = await openForTraining(identity.source, identity.request, openServices(context));
    // There is a note where the training ended in the middle of an epoch.
    const anew = result.note === undefined ? "" : "; the interrupted one begins anew";
    output.note(`${run.folder}: going on after ${counted(run.history.length, "epoch")}${anew}`);
    const decay = describeChangedDecay(training, {
      epochs,
      done: run.history.length,
      phases: run.model.network.phases.length,
    });
    if (decay !== undefined) output.note(decay);
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
}

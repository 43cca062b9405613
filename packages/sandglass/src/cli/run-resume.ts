/** What `sandglass resume` does. */
import { counted } from "@sandglass/core";
import {
  checkClassifierResumable,
  loadClassifierRecord,
  loadClassifierRun,
  resumeClassifierRun,
} from "../classify/index.ts";
import { UserError } from "../errors.ts";
import { commandText } from "../runs/command-text.ts";
import { loadKind, loadRecord, loadRun } from "../runs/load-run.ts";
import { openForTraining } from "../sources/index.ts";
import { describeChangedDecay } from "../training/changed-decay.ts";
import { checkResumable, resumeRun } from "../training/train-run.ts";
import type { ResumeArguments } from "./commands/resume.ts";
import type { Context } from "./context.ts";
import { openServices } from "./open-services.ts";
import { presentClassifier } from "./present-classifier.ts";
import { presentRun } from "./present-run.ts";
import { trainingDisplay } from "./training-display.ts";
import { withDevice } from "./with-device.ts";

export async function runResume(context: Context, typed: string, given: ResumeArguments): Promise<void> {
  const isClassifier = (await loadKind(typed)) === "classifier";
  await (isClassifier ? resumeClassifier : resumeAutoencoder)(context, typed, given);
}

async function resumeAutoencoder(context: Context, typed: string, { epochs }: ResumeArguments): Promise<void> {
  const { output, globals, signal, commandLine } = context;
  const { training, data: identity, result } = await loadRecord(typed);
  // What decides the bits is the run's, not this call's.
  const { deterministic } = training;
  const finished = await withDevice({ ...globals, deterministic }, async (device) => {
    const run = await loadRun(typed, { device, resume: true });
    checkResumable(run, epochs);
    const opened = await openForTraining(identity.source, identity.request, openServices(context));
    noteWhereItGoesOn(context, run, result.note);
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

async function resumeClassifier(context: Context, typed: string, { epochs }: ResumeArguments): Promise<void> {
  const { output, globals, commandLine } = context;
  if (epochs !== undefined) {
    throw new UserError(
      "--epochs is for runs of autoencoders: the learning rate of a classifier falls to nothing over the epochs that were planned. Train anew " +
        "with more --epochs, or leave it out",
      { exitCode: 2 },
    );
  }
  const { training, data: identity, result } = await loadClassifierRecord(typed);
  const { deterministic } = training;
  const services = openServices(context);
  await withDevice({ ...globals, deterministic }, async (device) => {
    const run = await loadClassifierRun(typed, { device, resume: true });
    try {
      checkClassifierResumable(run);
      const data = await openForTraining(identity.source, identity.request, services);
      noteWhereItGoesOn(context, run, result.note);
      try {
        const command = commandText(commandLine);
        const progress = trainingDisplay(output);
        presentClassifier(output, await resumeClassifierRun(run, data, { device, command, services, progress }));
      } finally {
        await data.close();
      }
    } finally {
      await run.classifier.dispose();
    }
  });
}

/** There is a note where the training ended in the middle of an epoch. */
function noteWhereItGoesOn(
  { output }: Context,
  { folder, history }: { readonly folder: string; readonly history: readonly unknown[] },
  note: string | undefined,
): void {
  const anew = note === undefined ? "" : "; the interrupted one begins anew";
  output.note(`${folder}: going on after ${counted(history.length, "epoch")}${anew}`);
}

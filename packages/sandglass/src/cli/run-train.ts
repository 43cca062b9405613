/** What `sandglass train` and `sandglass demo` do. */
import { modelFamilies, type AnyDataset, type ModelFamily } from "@sandglass/core";
import { nearestName } from "../data/nearest-name.ts";
import { UserError } from "../errors.ts";
import { formatSamples } from "../text/number-format.ts";
import { commandText } from "../runs/command-text.ts";
import { kindOf, openForTraining } from "../sources/index.ts";
import { checkLearnsTargets } from "../training/check-targets.ts";
import { trainRun } from "../training/train-run.ts";
import { flagOf } from "../text/flag-of.ts";
import { checkTraining } from "./check-training.ts";
import type { Context } from "./context.ts";
import { dataChoices } from "./data-options.ts";
import { openServices } from "./open-services.ts";
import { parseModelOptions } from "./model-options.ts";
import type { Output } from "./output.ts";
import { presentRun } from "./present-run.ts";
import type { TrainingArguments } from "./training-options.ts";
import { trainingDisplay } from "./training-display.ts";
import { withDevice } from "./with-device.ts";

/** What `train` was given beside the model's own options. */
export interface TrainArguments extends TrainingArguments {
  /** By the data unless given. */
  readonly model?: string;
}

/** What is left of the command line once the options of `train` are taken: the data, and the model's own options. */
export interface RemainingWords {
  readonly words: readonly string[];
  /** The options of `train`, for suggestions. */
  readonly flags: readonly string[];
}

export async function runTrain(
  context: Context,
  { words, flags }: RemainingWords,
  given: TrainArguments,
): Promise<void> {
  const { output, globals, signal, commandLine } = context;
  const {
    model,
    validation,
    out,
    force = false,
    epochs,
    batchSize,
    optimizer,
    learningRate,
    patience,
    augment,
  } = given;
  const candidates = (model === undefined ? DEFAULT_MODELS : [model]).map(familyOf);
  const { words: sources } = parseModelOptions(candidates, words, flags);
  const [source, ...others] = sources;
  if (source === undefined || others.length > 0) {
    throw new UserError(`train takes one <data>; ${sources.length === 0 ? "none" : sources.join(" and ")} came`, {
      exitCode: 2,
    });
  }
  // Before the data are read, which may take minutes.
  if (model === undefined) parseModelOptions((await defaultModels(source)).map(familyOf), words, flags);
  if (given.target !== undefined) candidates.forEach(checkLearnsTargets);
  await checkTraining(source, given);
  const { seed, deterministic } = globals;
  const request = { choices: dataChoices(given), validation, seed: seed ?? 0 };
  const data = await openForTraining(source, request, openServices(context));
  try {
    const { training } = data;
    const family = familyOf(model ?? defaultModel(training));
    const { options } = parseModelOptions([family], words, flags);
    signal.throwIfAborted();
    const samples = `${formatSamples(training.count)} of ${training.shape.join("×")}`;
    for (const note of data.notes) output.note(`${data.name}: ${note}`);
    output.note(`${data.name}: ${samples}; model ${family.name}: ${family.title}`);
    if (family.isSolved) noteMeaningless(output, family.name, { epochs, batchSize, optimizer, learningRate, patience });
    const run = await withDevice(globals, (device) =>
      trainRun(data, {
        source,
        request,
        model: family.name,
        options,
        choices: { epochs, batchSize, optimizer, learningRate, patience, augment, seed, deterministic },
        out,
        force,
        device,
        command: commandText(commandLine),
        progress: trainingDisplay(output),
        signal,
      }),
    );
    for (const note of data.lateNotes?.() ?? []) output.note(`${data.name}: ${note}`);
    presentRun(output, run);
  } finally {
    await data.close();
  }
}

/** What a model that is solved at once was given, and does not look at. */
function noteMeaningless(output: Output, model: string, choices: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(choices).filter((name) => choices[name] !== undefined);
  if (given.length === 0) return;
  output.note(
    `the model "${model}" is solved at once, so that ${given.map(flagOf).join(", ")} ${given.length === 1 ? "means" : "mean"} nothing to it`,
  );
}

/** For images, and for all other samples. */
const DEFAULT_MODELS = ["conv", "deep"] as const;

function defaultModel({ shape }: AnyDataset): string {
  const [forImages, forOthers] = DEFAULT_MODELS;
  return shape.length === 3 ? forImages : forOthers;
}

/** The models that it may be, as far as the kind of the data tells. */
async function defaultModels(source: string): Promise<readonly string[]> {
  const [forImages, forOthers] = DEFAULT_MODELS;
  const byKind = { images: [forImages], table: [forOthers], samples: DEFAULT_MODELS };
  return byKind[(await kindOf(source)).kind];
}

/** @throws UserError for an unknown name, with the nearest. */
export function familyOf(name: string): ModelFamily {
  const family = modelFamilies.find((candidate) => candidate.name === name);
  if (family !== undefined) return family;
  const known = modelFamilies.map((candidate) => candidate.name);
  const meant = nearestName(name, known);
  const hint = meant === undefined ? "" : `; did you mean "${meant}"?`;
  throw new UserError(`there is no model "${name}"${hint}\nKnown models: ${known.join(", ")} (sandglass models)`, {
    exitCode: 2,
  });
}

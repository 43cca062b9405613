/** What `sandglass train` and `sandglass demo` do. */
import { modelFamilies, type AnyDataset, type ModelFamily } from "@sandglass/core";
import { nearestName } from "../data/nearest-name.ts";
import { UserError } from "../errors.ts";
import { formatSamples } from "../text/number-format.ts";
import { commandText } from "../runs/command-text.ts";
import { openForTraining, type DataChoices } from "../sources/index.ts";
import { trainRun, type RunChoices } from "../training/train-run.ts";
import type { Context } from "./context.ts";
import { dataChoices } from "./data-options.ts";
import { openServices } from "./open-services.ts";
import { flagOf, parseModelOptions, type ParsedModelOptions } from "./model-options.ts";
import type { Output } from "./output.ts";
import { presentRun } from "./present-run.ts";
import { trainingDisplay } from "./training-display.ts";
import { withDevice } from "./with-device.ts";

export interface TrainArguments extends RunChoices, DataChoices {
  /** By the data unless given. */
  readonly model?: string | undefined;
  readonly validation?: number | "validation" | "test" | undefined;
  readonly out?: string | undefined;
  readonly force?: boolean | undefined;
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
  const candidates = model === undefined ? DEFAULT_MODELS.map(familyOf) : [familyOf(model)];
  const { words: sources } = parseForAny(candidates, words, flags);
  const [source, ...others] = sources;
  if (source === undefined || others.length > 0) {
    throw new UserError(`train takes one <data>; ${sources.length === 0 ? "none" : sources.join(" and ")} came`, {
      exitCode: 2,
    });
  }
  const { seed, deterministic } = globals;
  const request = { choices: dataChoices(given), validation, seed: seed ?? 0 };
  const data = await openForTraining(source, request, openServices(context));
  try {
    const { training } = data;
    const family = familyOf(model ?? defaultModel(training));
    const { options } = parseModelOptions(family, words, flags);
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

/** Reads options that may be of any of some models, because the data that decide among them are named by the words that are left. */
function parseForAny(
  families: readonly ModelFamily[],
  words: readonly string[],
  flags: readonly string[],
): ParsedModelOptions {
  const failures: unknown[] = [];
  for (const family of families) {
    try {
      return parseModelOptions(family, words, flags);
    } catch (error) {
      failures.push(error);
    }
  }
  throw failures[0];
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

/** What `sandglass train` and `sandglass demo` do. */
import { modelFamilies, type ModelFamily } from "@sandglass/core";
import { nearestName } from "../data/nearest-name.ts";
import { UserError } from "../errors.ts";
import { formatSamples } from "../report/number-format.ts";
import { commandText } from "../runs/command-text.ts";
import { trainRun, type RunChoices } from "../training/train-run.ts";
import type { Context } from "./context.ts";
import { loadData } from "./load-data.ts";
import { parseModelOptions } from "./model-options.ts";
import { presentRun } from "./present-run.ts";
import { trainingDisplay } from "./training-display.ts";
import { withDevice } from "./with-device.ts";

export interface TrainArguments extends RunChoices {
  readonly model: string;
  readonly validation: number | "test";
  readonly count?: number | undefined;
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
  const { model, validation, count, out, force = false, ...choices } = given;
  const family = familyOf(model);
  const { options, words: sources } = parseModelOptions(family, words, flags);
  const [source, ...others] = sources;
  if (source === undefined || others.length > 0) {
    throw new UserError(`train takes one <data>; ${sources.length === 0 ? "none" : sources.join(" and ")} came`, {
      exitCode: 2,
    });
  }
  const data = await loadData(context, source, { split: "train", count });
  const test = validation === "test" ? await loadData(context, source, { split: "test", count: undefined }) : undefined;
  signal.throwIfAborted();
  output.note(`${data.name}: ${formatSamples(data.count)} of ${data.shape.join("×")}; model ${model}: ${family.title}`);
  const { seed, deterministic } = globals;
  const run = await withDevice(globals, (device) =>
    trainRun(data, {
      source,
      model,
      options,
      validation: validation === "test" ? 0 : validation,
      test,
      choices: { ...choices, seed, deterministic },
      out,
      force,
      device,
      command: commandText(commandLine),
      progress: trainingDisplay(output),
      signal,
    }),
  );
  presentRun(output, run);
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

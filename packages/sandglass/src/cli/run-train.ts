/** What `sandglass train` and `sandglass demo` do. */
import { modelFamilies, type ModelFamily } from "@sandglass/core";
import { nearestName } from "../data/nearest-name.ts";
import { UserError } from "../errors.ts";
import { formatSamples } from "../report/number-format.ts";
import { commandText } from "../runs/command-text.ts";
import type { TrainingChoices } from "../training/settings.ts";
import { trainRun } from "../training/train-run.ts";
import type { Context } from "./context.ts";
import { loadData } from "./load-data.ts";
import { presentRun } from "./present-run.ts";
import { trainingDisplay } from "./training-display.ts";
import { withDevice } from "./with-device.ts";

export interface TrainArguments extends TrainingChoices {
  readonly model: string;
  readonly validation: number;
  readonly count?: number | undefined;
  readonly out?: string | undefined;
  readonly force?: boolean | undefined;
}

export async function runTrain(context: Context, source: string, options: TrainArguments): Promise<void> {
  const { output, globals, signal, commandLine } = context;
  const { model, validation, count, out, force = false, ...choices } = options;
  const { title } = familyOf(model);
  const data = await loadData(context, source, { split: "train", count });
  signal.throwIfAborted();
  output.note(`${data.name}: ${formatSamples(data.count)} of ${data.shape.join("×")}; model ${model}: ${title}`);
  const { seed, deterministic } = globals;
  const run = await withDevice(globals, (device) =>
    trainRun(data, {
      source,
      model,
      validation,
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
function familyOf(name: string): ModelFamily {
  const family = modelFamilies.find((candidate) => candidate.name === name);
  if (family !== undefined) return family;
  const known = modelFamilies.map((candidate) => candidate.name);
  const meant = nearestName(name, known);
  const hint = meant === undefined ? "" : `; did you mean "${meant}"?`;
  throw new UserError(`there is no model "${name}"${hint}\nKnown models: ${known.join(", ")} (sandglass models)`, {
    exitCode: 2,
  });
}

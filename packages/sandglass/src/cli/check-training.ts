import { checkRunFolder } from "../runs/run-folder.ts";
import { checkAugmentation } from "../sources/index.ts";
import type { TrainingArguments } from "./training-options.ts";

/**
 * What can be wrong with a training whatever is in its data, found out before they are read, which may take minutes.
 *
 * @throws UserError when the run cannot be written where it is wanted, or samples cannot be changed as `--augment` says.
 */
export async function checkTraining(
  source: string,
  { augment, out, force = false }: Pick<TrainingArguments, "augment" | "out" | "force">,
): Promise<void> {
  if (augment !== undefined) await checkAugmentation(source, augment);
  await checkRunFolder(out, force);
}

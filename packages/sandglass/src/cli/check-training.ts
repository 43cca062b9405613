import { augmentation, augmentationKinds } from "@sandglass/core";
import { asWrongUsage, UserError } from "../errors.ts";
import { checkRunFolder } from "../runs/run-folder.ts";
import { kindOf } from "../sources/index.ts";
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

async function checkAugmentation(source: string, augment: string): Promise<void> {
  const { amounts } = asWrongUsage(() => augmentation(augment));
  if ((await kindOf(source)).kind !== "table") return;
  const forImages = Object.entries(augmentationKinds).find(([name, { needsImages }]) => needsImages && name in amounts);
  if (forImages === undefined) return;
  const others = Object.entries(augmentationKinds).flatMap(([name, { needsImages }]) => (needsImages ? [] : [name]));
  throw new UserError(
    `--augment ${forImages[0]} changes images, and ${source} is read as a table; for its rows there are ${others.join(" and ")}`,
    { exitCode: 2 },
  );
}

import { augmentation, augmentationKinds, type Augmentation } from "@sandglass/core";
import { UserError } from "../errors.ts";
import { kindOf } from "./sources.ts";

/**
 * Makes sure, before data are read, that their samples can be changed at random as the user says.
 *
 * @throws UserError when that is no augmentation, or one of images where the data are a table.
 */
export async function checkAugmentation(source: string, augment: string): Promise<void> {
  const { amounts } = parse(augment);
  if ((await kindOf(source)).kind !== "table") return;
  const forImages = Object.entries(augmentationKinds).find(([name, { needsImages }]) => needsImages && name in amounts);
  if (forImages === undefined) return;
  const others = Object.entries(augmentationKinds).flatMap(([name, { needsImages }]) => (needsImages ? [] : [name]));
  throw new UserError(
    `--augment ${forImages[0]} changes images, and ${source} is read as a table; for its rows there are ${others.join(" and ")}`,
    { exitCode: 2 },
  );
}

function parse(augment: string): Augmentation {
  try {
    return augmentation(augment);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(`--augment: ${error.message}`, { exitCode: 2, cause: error });
  }
}

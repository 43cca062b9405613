/** The samples that a classifier learns from. */
import { classify, DatasetError, type AnyDataset } from "@sandglass/core";
import { asWrongUsage, UserError } from "../errors.ts";

/**
 * The samples to train on: all of them, or a few of each class.
 *
 * @throws UserError when they have no labels, or a class has too few.
 */
export function labelledData(
  data: AnyDataset,
  { labelsPerClass, seed }: { readonly labelsPerClass: number | undefined; readonly seed: number },
): AnyDataset {
  if (data.labels === undefined) {
    throw new UserError(
      `${data.name} has no labels to learn: give images a folder for each class, arrays labels, a table --label COLUMN`,
      { exitCode: 2 },
    );
  }
  if (labelsPerClass === undefined) return data;
  return asWrongUsage(() => classify.pickLabelled(data, labelsPerClass, { seed }), [DatasetError]);
}

/** The names of the classes; `class 0` and so on where they have none. */
export function namesOfClasses({ labels = new Uint8Array(), classNames }: AnyDataset): readonly string[] {
  if (classNames !== undefined) return classNames;
  let most = 0;
  for (const label of labels) most = Math.max(most, label);
  return Array.from({ length: most + 1 }, (_, label) => `class ${label}`);
}

/** The parts that data come in: one to train with, and others to validate and to test with. */
import { MissingPartError } from "../errors.ts";
import { lookAt } from "./place.ts";
import { findNamedSet, namedSplits, type SplitName } from "./registry.ts";
import { findSamples, holdsSamples } from "./sample-formats.ts";

/**
 * The parts of a named set, a folder or an archive; none where data are of one piece, or in no format that is known.
 *
 * @throws UserError when an archive is damaged, or does not say which of its arrays are samples.
 */
export async function splitsOf(nameOrPath: string): Promise<readonly SplitName[]> {
  if (findNamedSet(nameOrPath) !== undefined) return namedSplits;
  return (await holdsSamples(nameOrPath)) ? (await findSamples(nameOrPath, { note: () => undefined })).splits : [];
}

/** Whether data come in parts; otherwise they are of one piece, whichever part is asked for. */
export async function hasHalves(nameOrPath: string): Promise<boolean> {
  return (await splitsOf(nameOrPath)).length > 0;
}

/** Whether samples lie in no order, so that the last ones may stand for all: those of named sets, and of files like MNIST's. */
export async function isShuffled(nameOrPath: string): Promise<boolean> {
  if (findNamedSet(nameOrPath) !== undefined) return true;
  if (!(await holdsSamples(nameOrPath))) return false;
  return (await findSamples(nameOrPath, { note: () => undefined })).isShuffled === true;
}

/**
 * Makes sure of a part, for whoever would otherwise test with what was trained on.
 *
 * @param purpose what the part is for: `--validation test`.
 * @param split the part that is needed.
 * @throws UserError when there are data of that name, and they do not have the part.
 */
export async function requireHalves(nameOrPath: string, purpose: string, split: SplitName = "test"): Promise<void> {
  const place = await lookAt(nameOrPath);
  const isNamed = findNamedSet(nameOrPath) !== undefined;
  if (place === undefined && !isNamed) return;
  const splits = await splitsOf(nameOrPath);
  if (splits.includes(split)) return;
  const what = split === "test" ? "a test half" : `a ${split} part`;
  const has = place?.isFolder === true ? "has none" : "is a single file";
  throw new MissingPartError(
    `${purpose} needs a set with ${what}, and ${nameOrPath} ${splits.length > 0 ? `has ${splits.join(" and ")}` : has}; ` +
      "name a data set, a folder with the files of both halves, or an archive with arrays of both",
  );
}

/** Arrays from files or by a name: all parts of a set. */
import type { Dataset } from "@sandglass/core";
import { loadDataset, splitsOf, type SplitName } from "../data/index.ts";
import { describeDownload } from "../sources/index.ts";
import type { ExploreRequest, ExploreServices } from "./exploration.ts";

export interface LoadedParts {
  /** The part to train on first; one of no name where the set comes in one piece. */
  readonly parts: readonly [LoadedPart, ...LoadedPart[]];
  readonly notes: readonly string[];
}

export type LoadedPart = readonly [split: SplitName | undefined, data: Dataset];

/** @throws UserError when the set cannot be loaded. */
export async function loadParts(
  source: string,
  { choices: { count }, seed }: ExploreRequest,
  { progress, dataDir, signal, note }: ExploreServices,
): Promise<LoadedParts> {
  progress.begin(`loading ${source}`, 0);
  const splits = await splitsOf(source);
  const notes = new Set<string>();
  const load = (split: SplitName): Promise<Dataset> => {
    const onNote = (line: string): void => void notes.add(line);
    const options = { split, seed, dataDir, signal, onProgress: describeDownload(note), onNote };
    // A number of samples to train on; the other parts stay as they are.
    return loadDataset(source, { ...options, ...(split === "train" && { count }) });
  };
  const [first, ...others] = splits;
  const parts: [LoadedPart, ...LoadedPart[]] =
    first === undefined ? [[undefined, await load("train")]] : [[first, await load(first)]];
  for (const split of others) parts.push([split, await load(split)]);
  return { parts, notes: [...notes] };
}

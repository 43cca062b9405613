/** Arrays of images, from files or by a name, as a set of pictures. */
import { dataset, DatasetError, rows, type Dataset } from "@sandglass/core";
import { loadDataset, splitsOf, type SplitName } from "../../data/index.ts";
import { findLeaks, type ImageLeaks } from "../../images/leaks/index.ts";
import { describeDownload } from "../../sources/index.ts";
import type { ExploreRequest, ExploreServices } from "../exploration.ts";
import { arrayFingerprints } from "./array-fingerprints.ts";
import type { Picture, PictureSet, ReadPictures } from "./picture-set.ts";

export interface OpenedArrays {
  readonly set: PictureSet;
  /** Labels of the samples to train on, in their order; undefined where there are none. */
  readonly trainingLabels: Dataset["labels"];
  readonly leaks: ImageLeaks;
  readonly notes: readonly string[];
}

/**
 * Loads all parts of a set, and compares all of its samples.
 *
 * @throws UserError when it cannot be loaded, or its parts have samples of different shapes.
 */
export async function openArrays(
  source: string,
  { choices: { count }, seed }: ExploreRequest,
  { progress, dataDir, signal, note }: ExploreServices,
): Promise<OpenedArrays> {
  progress.begin(`loading ${source}`, 0);
  const splits = await splitsOf(source);
  const notes = new Set<string>();
  const load = async (split: SplitName): Promise<Dataset> => {
    const options = {
      split,
      seed,
      dataDir,
      signal,
      onProgress: describeDownload(note),
      onNote: (line: string) => notes.add(line),
    };
    // A number of samples to train on; the other parts stay as they are.
    const data = await loadDataset(source, { ...options, ...(split === "train" && { count }) });
    return data;
  };
  const parts: readonly (readonly [SplitName | undefined, Dataset])[] =
    splits.length === 0
      ? [[undefined, await load("train")]]
      : await inTurn(splits, async (split) => [split, await load(split)] as const);
  const [, first] = parts[0] as (typeof parts)[number];
  const odd = parts.find(([, { shape }]) => shape.join() !== first.shape.join());
  if (odd !== undefined) {
    throw new DatasetError(
      `the parts of ${first.name} have samples of different shapes: [${first.shape.join(", ")}] and [${odd[1].shape.join(", ")}]`,
    );
  }
  const pictures = parts.flatMap(([split, data]) => describe(split, data));
  progress.begin("comparing samples", pictures.length);
  const prints = parts.flatMap(([, data]) => arrayFingerprints(data));
  signal.throwIfAborted();
  return {
    set: {
      name: first.name,
      pictures,
      classNames: first.classNames ?? namesOfNumbers(parts.map(([, data]) => data)),
      shape: first.shape,
      read: (numbers) =>
        Promise.resolve(
          readParts(
            parts.map(([, data]) => data),
            numbers,
          ),
        ),
    },
    trainingLabels: first.labels,
    leaks: findLeaks(pictures, prints),
    notes: [...notes],
  };
}

async function inTurn<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

function describe(split: SplitName | undefined, { count, labels, classNames }: Dataset): Picture[] {
  return Array.from({ length: count }, (_, number) => {
    const label = labels?.[number];
    const className = label === undefined ? undefined : (classNames?.[label] ?? `class ${label}`);
    return {
      name: `${split === undefined ? "" : `${split} `}${number}`,
      ...(split && { split }),
      ...(className !== undefined && { className }),
    };
  });
}

/** Labels without names are called by their numbers. */
function namesOfNumbers(parts: readonly Dataset[]): readonly string[] {
  const present = new Set(parts.flatMap(({ labels = [] }) => [...new Set(labels)]));
  return [...present].toSorted((a, b) => a - b).map((label) => `class ${label}`);
}

/** Samples by their numbers in all parts together. */
function readParts(parts: readonly Dataset[], numbers: Uint32Array): ReadPictures {
  const [first] = parts as readonly [Dataset];
  const size = first.values.length / first.count;
  const values =
    first.values instanceof Uint8Array
      ? new Uint8Array(numbers.length * size)
      : new Float32Array(numbers.length * size);
  for (const [to, number] of numbers.entries()) {
    let at = number;
    const part = parts.find(({ count }) => {
      if (at < count) return true;
      at -= count;
      return false;
    }) as Dataset;
    values.set(rows(part, at, at + 1).values, to * size);
  }
  return { data: dataset(first.name, first.shape, values, { scale: first.scale }), numbers };
}

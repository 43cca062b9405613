/** Arrays of images, from files or by a name, as a set of pictures. */
import { dataset, DatasetError, rows, type Dataset } from "@sandglass/core";
import type { SplitName } from "../../data/index.ts";
import { findLeaks, type ImageLeaks } from "../../images/leaks/index.ts";
import type { ExploreServices } from "../exploration.ts";
import { arrayFingerprints } from "./array-fingerprints.ts";
import type { LoadedParts } from "../load-parts.ts";
import type { Picture, PictureSet, ReadPictures } from "./picture-set.ts";

export interface OpenedArrays {
  readonly set: PictureSet;
  /** Labels of the samples to train on, in their order; undefined where there are none. */
  readonly trainingLabels: Dataset["labels"];
  readonly leaks: ImageLeaks;
  readonly notes: readonly string[];
}

/**
 * Compares all samples of a set.
 *
 * @throws UserError when its parts have samples of different shapes.
 */
export function openArrays({ parts, notes }: LoadedParts, { progress, signal }: ExploreServices): OpenedArrays {
  const [[, first]] = parts;
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
    notes,
  };
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

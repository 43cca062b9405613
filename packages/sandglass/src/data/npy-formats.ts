/** Arrays of NumPy's as samples: an archive, a file, a folder of files. */
import { basename, dirname, extname } from "node:path";
import { arrayMeaning } from "./arrays/array-roles.ts";
import { ArraySamples } from "./arrays/array-samples.ts";
import { chooseArrays } from "./arrays/choose-arrays.ts";
import { arraysOfArchive, arraysOfFolder } from "./arrays/named-arrays.ts";
import { nameOf, type Place } from "./place.ts";
import type { SampleFormat } from "./sample-format.ts";

/** Named arrays, one of which can be chosen: `data.npz:x`. */
export const npzArchive: SampleFormat = {
  title: "an archive of NumPy's (.npz)",
  recognizes: (place) => hasEnding(place, ".npz"),
  async open(place, options) {
    const arrays = await arraysOfArchive(place.path);
    const choice = chooseArrays(arrays, place.inside);
    return new ArraySamples(nameOf(place), arrays, choice, options);
  },
};

/** One array, with the labels beside it where the names say that they belong together: `x_train.npy`, `y_train.npy`. */
export const npyFile: SampleFormat = {
  title: "an array of NumPy's (.npy)",
  recognizes: (place) => hasEnding(place, ".npy") || startsAsNpy(place),
  async open(place, options) {
    const file = basename(place.path);
    const name = basename(file, ".npy");
    const beside = arrayMeaning(name)?.role === "samples" ? place.entries.filter(isBesideSamples) : [];
    const arrays = await arraysOfFolder(dirname(place.path), [file, ...beside]);
    return new ArraySamples(nameOf(place), arrays, chooseArrays(arrays, name), options);
  },
};

function isBesideSamples(entry: string): boolean {
  const meaning = entry.endsWith(".npy") ? arrayMeaning(basename(entry, ".npy")) : undefined;
  return meaning !== undefined && meaning.role !== "samples";
}

export const npyFolder: SampleFormat = {
  title: "a folder with arrays of NumPy's (.npy)",
  recognizes: ({ isFolder, entries }) => isFolder && entries.some((entry) => entry.endsWith(".npy")),
  async open(place, options) {
    const arrays = await arraysOfFolder(
      place.path,
      place.entries.filter((entry) => entry.endsWith(".npy")),
    );
    return new ArraySamples(nameOf(place), arrays, chooseArrays(arrays, undefined), options);
  },
};

function hasEnding({ path, isFolder }: Place, ending: string): boolean {
  return !isFolder && extname(path).toLowerCase() === ending;
}

function startsAsNpy({ start }: Place): boolean {
  return String.fromCharCode(...start.subarray(0, 6)) === "\u0093NUMPY";
}

/** IDX files as samples: one file, or a folder with those of a set, under the names by which MNIST and its relatives are published. */
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UserError } from "../errors.ts";
import { someNames } from "../text/some-names.ts";
import { readIdxFiles } from "./idx-files.ts";
import { spellings } from "./locate.ts";
import { missingSplit } from "./missing-split.ts";
import { nameOf, type Place } from "./place.ts";
import type { SplitName } from "./registry.ts";
import type { SampleFormat } from "./sample-format.ts";

const SPLITS = ["train", "test"] as const;
const IMAGES: Readonly<Partial<Record<SplitName, string>>> = {
  train: "train-images-idx3-ubyte",
  test: "t10k-images-idx3-ubyte",
};

export const idxFolder: SampleFormat = {
  title: "a folder with IDX files",
  recognizes: (place) => place.isFolder && SPLITS.some((split) => imagesOf(place, split) !== undefined),
  open(place) {
    const splits = SPLITS.filter((split) => imagesOf(place, split) !== undefined);
    return Promise.resolve({
      splits,
      isShuffled: true,
      async load(split) {
        const images = imagesOf(place, split);
        if (images === undefined) throw missingImages(place, split, splits);
        const path = join(place.path, images);
        return readIdxFiles(nameOf(place), { images: path, labels: await labelsBeside(path) });
      },
    });
  },
};

/** The labels of `…-images-idx3-ubyte…` are found beside it as `…-labels-idx1-ubyte…`; other files have none. */
export const idxFile: SampleFormat = {
  title: "an IDX file",
  recognizes: ({ path, isFolder, start }) =>
    !isFolder && (/idx\d-ubyte|\.idx(?:\.gz)?$/u.test(path) || startsAsIdx(start)),
  open: (place) =>
    Promise.resolve({
      splits: [],
      isShuffled: Object.values(IMAGES).includes(basename(place.path).replace(/\.gz$/u, "")),
      load: async () => readIdxFiles(nameOf(place), { images: place.path, labels: await labelsBeside(place.path) }),
    }),
};

function missingImages({ path, entries }: Place, split: SplitName, splits: readonly SplitName[]): UserError {
  const name = IMAGES[split];
  if (name === undefined) return missingSplit(path, split, splits);
  return new UserError(
    `the folder ${path} has no file ${name}.gz or ${name}; it has ${someNames(entries, 5)}\n` +
      "Rename the IDX file with the images so, or give its path instead of the folder's.",
  );
}

/** Two zeros, a type, and the number of sizes. */
function startsAsIdx([zero0, zero1, type = 0, rank = 0]: Uint8Array): boolean {
  return zero0 === 0 && zero1 === 0 && type >= 0x08 && type <= 0x0e && rank >= 1 && rank <= 4;
}

function imagesOf({ entries }: Place, split: SplitName): string | undefined {
  const name = IMAGES[split];
  return name && spellings(`${name}.gz`).find((spelling) => entries.includes(spelling));
}

async function labelsBeside(images: string): Promise<string | undefined> {
  const name = basename(images).replace("-images-idx3-ubyte", "-labels-idx1-ubyte");
  if (name === basename(images)) return undefined;
  const entries = await readdir(dirname(images));
  const plain = name.replace(/\.gz$/u, "");
  const found = [name, plain, `${plain}.gz`].find((candidate) => entries.includes(candidate));
  return found && join(dirname(images), found);
}

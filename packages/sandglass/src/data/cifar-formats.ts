/** CIFAR's binary files as samples: the folder that is published, or one file. */
import { dirname, extname, join } from "node:path";
import {
  CifarError,
  cifarShape,
  dataset,
  readCifar,
  readCifarClassNames,
  type CifarKind,
  type Dataset,
} from "@sandglass/core";
import { UserError } from "../errors.ts";
import { missingSplit } from "./missing-split.ts";
import { nameOf, type Place } from "./place.ts";
import { readBytes } from "./read-file.ts";
import type { SplitName } from "./registry.ts";
import type { SampleFormat } from "./sample-format.ts";

/** The names under which a set is published. */
interface Publication {
  readonly files: Readonly<Partial<Record<SplitName, readonly string[]>>>;
  readonly classNames: string;
}

const TRAINING_BATCHES = 5;

const PUBLICATIONS: Readonly<Record<CifarKind, Publication>> = {
  "cifar-10": {
    files: {
      train: Array.from({ length: TRAINING_BATCHES }, (_, index) => `data_batch_${index + 1}.bin`),
      test: ["test_batch.bin"],
    },
    classNames: "batches.meta.txt",
  },
  "cifar-100": { files: { train: ["train.bin"], test: ["test.bin"] }, classNames: "fine_label_names.txt" },
};

const KINDS = Object.keys(PUBLICATIONS) as CifarKind[];
/** Bytes of an image with its labels. */
const ROW_BYTES: Readonly<Record<CifarKind, number>> = { "cifar-10": 3073, "cifar-100": 3074 };

export const cifarFolder: SampleFormat = {
  title: "a folder with CIFAR's binary files",
  recognizes: (place) => place.isFolder && (publishedKind(place) !== undefined || place.entries.includes(PICKLED)),
  open(place, { note }) {
    const kind = publishedKind(place);
    if (kind === undefined) throw pickled(place);
    const { files } = PUBLICATIONS[kind];
    const present = (split: SplitName): readonly string[] =>
      (files[split] ?? []).filter((name) => place.entries.includes(name));
    const splits = (["train", "test"] as const).filter((split) => present(split).length > 0);
    return Promise.resolve({
      splits,
      load(split) {
        const names = present(split);
        if (names.length === 0) throw missingSplit(place.path, split, splits);
        const missing = (files[split] ?? []).filter((name) => !names.includes(name));
        if (missing.length > 0)
          note(`${place.path} lacks ${missing.join(", ")}; the samples of the other files are taken`);
        return load(
          place,
          names.map((name) => join(place.path, name)),
          kind,
        );
      },
    });
  },
};

export const cifarFile: SampleFormat = {
  title: "a binary file of CIFAR's (.bin)",
  recognizes: ({ path, isFolder, bytes }) =>
    !isFolder && extname(path) === ".bin" && bytes > 0 && KINDS.some((kind) => bytes % ROW_BYTES[kind] === 0),
  open: (place) => Promise.resolve({ splits: [], load: () => load(place, [place.path], undefined) }),
};

/** A file of the version for Python, which is a pickle. */
const PICKLED = "data_batch_1";

function publishedKind({ entries }: Place): CifarKind | undefined {
  return KINDS.find((kind) => {
    const { files, classNames } = PUBLICATIONS[kind];
    const known = Object.values(files)
      .flat()
      .filter((name) => entries.includes(name));
    // `train.bin` alone may be anything.
    return known.length > 0 && (kind === "cifar-10" || entries.includes(classNames));
  });
}

async function load(place: Place, paths: readonly string[], kind: CifarKind | undefined): Promise<Dataset> {
  const files: Record<string, Uint8Array> = {};
  for (const path of paths) files[path] = await readBytes(path);
  const images = guarded(() => readCifar(files, kind));
  const { classNames: file } = PUBLICATIONS[images.kind];
  const folder = place.isFolder ? place.path : dirname(place.path);
  const names = place.entries.includes(file) ? await readBytes(join(folder, file)) : undefined;
  const classNames = names && guarded(() => readCifarClassNames(names), join(folder, file));
  return guarded(() => dataset(nameOf(place), cifarShape, images.values, { labels: images.labels, classNames }));
}

function guarded<T>(work: () => T, path?: string): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CifarError)) throw error;
    throw new UserError(path === undefined ? error.message : `${path}: ${error.message}`, { cause: error });
  }
}

function pickled({ path }: Place): UserError {
  return new UserError(
    `${path} has CIFAR's files for Python, which are pickles and are never opened, because they can run code; ` +
      "fetch the binary version (cifar-10-binary.tar.gz) and unpack it",
  );
}

/** The formats that samples are found in at a path. To add one, add its file and a name here. */
import { extname } from "node:path";
import { UserError } from "../errors.ts";
import { someNames } from "../text/some-names.ts";
import { cifarFile, cifarFolder } from "./cifar-formats.ts";
import { idxFile, idxFolder } from "./idx-formats.ts";
import { nearestName } from "./nearest-name.ts";
import { npyFile, npyFolder, npzArchive } from "./npy-formats.ts";
import { lookAt, type Place } from "./place.ts";
import { findNamedSet, namedSets } from "./registry.ts";
import type { FoundSamples, OpenOptions, SampleFormat } from "./sample-format.ts";

/** In the order in which they are asked whether something is theirs. */
const sampleFormats: readonly SampleFormat[] = [
  npzArchive,
  npyFile,
  cifarFolder,
  cifarFile,
  idxFolder,
  idxFile,
  npyFolder,
];

/** Whether this is a named set, or holds samples in a format that is known; only names and first bytes are looked at. */
export async function holdsSamples(nameOrPath: string): Promise<boolean> {
  if (findNamedSet(nameOrPath) !== undefined) return true;
  const place = await lookAt(nameOrPath);
  return place !== undefined && formatOf(place) !== undefined;
}

/**
 * Finds the samples at a path.
 *
 * @throws UserError when nothing is there, or nothing in a format that is known.
 */
export async function findSamples(path: string, options: OpenOptions): Promise<FoundSamples> {
  const place = await lookAt(path);
  if (place === undefined) throw unknownSource(path);
  const format = formatOf(place);
  if (format !== undefined) return format.open(place, options);
  if (place.isFolder) throw noSamples(place);
  // A file that nothing knows may be a damaged IDX file, whose reader says what is wrong with it.
  return idxFile.open(place, options);
}

function formatOf(place: Place): SampleFormat | undefined {
  return sampleFormats.find((format) => format.recognizes(place));
}

function noSamples({ path, entries }: Place): UserError {
  const problem = entries.length === 0 ? "is empty" : `has no samples: it has ${someNames(entries, 5)}`;
  return new UserError(
    `the folder ${path} ${problem}; expected IDX files such as train-images-idx3-ubyte.gz, CIFAR's binary files, or arrays of NumPy's (.npy)`,
  );
}

/** What was typed is neither a known name nor a path: says which of the two it looks like. */
export function unknownSource(typed: string): UserError {
  const names = namedSets.map((set) => set.name);
  if (/[/\\]/u.test(typed) || extname(typed) !== "") {
    return new UserError(`there is no file or folder ${typed} (in ${process.cwd()}); check the path`);
  }
  const meant = nearestName(typed, names);
  return new UserError(
    `there is no data set "${typed}", and no file or folder of that name${meant ? `; did you mean "${meant}"?` : ""}\n` +
      `Known sets: ${names.join(", ")}. Or give the path of a folder of images, a table, ${listed(sampleFormats.map(({ title }) => title))}.`,
    { exitCode: 2 },
  );
}

function listed(titles: readonly string[]): string {
  return `${titles.slice(0, -1).join(", ")}, or ${titles.at(-1)}`;
}

import { UserError } from "../../errors.ts";
import { READABLE_FORMATS } from "../image-formats.ts";
import { someNames } from "../../text/some-names.ts";
import { adviceAbout, countExtensions } from "./file-names.ts";
import type { Listing } from "./listing.ts";
import { count } from "./wording.ts";

/** Tables and arrays, by how their names end. */
const DATA_NAME = /\.(?:csv|tsv|tab|parquet|pq|json|jsonl|ndjson|npy|npz|xlsx?|ods)(?:\.gz)?$/iu;

const ARRAY_NAME = /\.np[yz]$/iu;

/** What to say of sources in which no image was found: what is there instead, and what to do. */
export function noImages(
  sources: readonly string[],
  { otherFiles, folders, notes }: Pick<Listing, "otherFiles" | "folders" | "notes">,
): UserError {
  const isPacked = sources.some((source) => /\.zip$/iu.test(source)) && otherFiles.some((path) => DATA_NAME.test(path));
  const array = otherFiles.find((path) => ARRAY_NAME.test(path));
  const remarks = [
    ...(isPacked ? ["tables and arrays are not read out of archives: unpack it, and name the file or the folder"] : []),
    ...(array === undefined || isPacked ? [] : [`arrays are read file by file: name one, such as ${array} there`]),
    ...adviceAbout(otherFiles),
    ...notes,
  ];
  return new UserError(
    [
      `there is no image in ${someNames(sources)}; ${whatIsThere(otherFiles, folders)}`,
      ...remarks.map((remark) => remark.charAt(0).toUpperCase() + remark.slice(1)),
      `Images are ${READABLE_FORMATS} files, told by how their names end.`,
    ].join("\n"),
  );
}

/** `it has 41 .npy files, 2 .csv files`. */
function whatIsThere(files: readonly string[], folders: readonly string[]): string {
  if (files.length > 0) return `it has ${countKinds(files)}`;
  return folders.length > 0 ? `it has ${count(folders.length, "folder")} and no file` : "it is empty";
}

/** `41 .npy files, 2 .csv files`, the most frequent first. */
export function countKinds(files: readonly string[]): string {
  const kinds = [...countExtensions(files)].map(([extension, number]) =>
    extension === "" ? `${count(number, "file")} without an extension` : count(number, `${extension} file`),
  );
  return someNames(kinds, 5);
}

import { UserError } from "../../errors.ts";
import { adviceAbout, countExtensions, readableFormats } from "./image-formats.ts";
import type { Listing } from "./listing.ts";
import { count, some } from "./wording.ts";

/** What to say of sources in which no image was found: what is there instead, and what to do. */
export function noImages(
  sources: readonly string[],
  { otherFiles, folders, notes }: Pick<Listing, "otherFiles" | "folders" | "notes">,
): UserError {
  const lines = [`there is no image in ${some(sources)}, but ${whatIsThere(otherFiles, folders)}`];
  const advice = adviceAbout(otherFiles);
  lines.push(...(advice.length > 0 ? advice : [`images are ${readableFormats} files, by the ends of their names`]));
  return new UserError([...lines, ...notes].map((line) => sentence(line)).join("\n"));
}

function whatIsThere(files: readonly string[], folders: readonly string[]): string {
  if (files.length > 0) {
    const kinds = [...countExtensions(files)].map(([extension, number]) =>
      extension === "" ? `${count(number, "file")} without an extension` : count(number, `${extension} file`),
    );
    return some(kinds, 5);
  }
  return folders.length > 0 ? count(folders.length, "empty folder") : "nothing at all";
}

function sentence(line: string): string {
  return line.charAt(0).toUpperCase() + line.slice(1);
}

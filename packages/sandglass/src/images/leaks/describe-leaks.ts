/** Leaks in plain words. */
import { counted } from "@sandglass/core";
import { describeLooks, describeShared, NAMED } from "../../leaks/index.ts";
import { formatCount } from "../../text/number-format.ts";
import type { ImageSplit } from "../find/index.ts";
import type { DuplicateImages, ImageLeaks, SameImages } from "./image-leaks.ts";
import { sharedOf } from "./shared-of.ts";

/** Where there were too many pairs to look at. */
export const INCOMPLETE = "very many images look alike; only the most similar ones were compared, so there may be more";

/** What was found, as sentences without a full stop; the worst comes first. */
export function describeLeaks(found: ImageLeaks): string[] {
  const { compared, comparedByContentOnly, complete, leaks, duplicates, conflicts } = found;
  const lines = [
    ...leaks.map((leak) => describeShared(sharedOf(leak), "image")),
    ...(conflicts.length > 0 ? [describeConflicts(conflicts)] : []),
    ...describeDuplicates(duplicates),
  ];
  if (lines.length === 0)
    lines.push(`no image is there twice: ${counted(compared, "image")} were compared by content and by look`);
  if (comparedByContentOnly > 0) {
    lines.push(
      `${counted(comparedByContentOnly, "image")} could be compared by content only, because there is hardly anything in ` +
        `${comparedByContentOnly === 1 ? "it" : "them"}, or because of a size below 32 pixels`,
    );
  }
  if (!complete) lines.push(INCOMPLETE);
  return lines;
}

/** Images under two class names, at least a pair. */
export function describeConflicts(conflicts: readonly SameImages[]): string {
  const named = conflicts.map(
    ({ image, twin }) => `${image.name} (${image.className}) is ${twin.name} (${twin.className})`,
  );
  const verb = conflicts.length === 1 ? "pair of images is the same image" : "pairs of images are the same image";
  return `${formatCount(conflicts.length)} ${verb} under two class names${evidence(conflicts)}: ${some(named)}`;
}

function describeDuplicates(duplicates: readonly DuplicateImages[]): string[] {
  const splits = new Set<ImageSplit | undefined>(duplicates.map(({ split }) => split));
  return [...splits].map((split) => {
    const groups = duplicates.filter((group) => group.split === split);
    const copies = groups.reduce((sum, group) => sum + group.images.length - 1, 0);
    const named = groups.map(({ images: same }) =>
      some(
        same.map(({ name }) => name),
        " = ",
      ),
    );
    const where = split === undefined ? "" : ` of ${split}`;
    const verb = copies === 1 ? "is a copy of another one" : "are copies of others";
    return `${counted(copies, "image")}${where} ${verb}${evidence(groups)}: ${some(named, "; ")}`;
  });
}

/** Only what is not certain needs a word. */
function evidence(found: ReadonlyArray<Pick<SameImages, "by">>): string {
  return describeLooks(found.filter(({ by }) => by === "look").length, found.length);
}

function some(names: readonly string[], separator = ", "): string {
  const left = names.length - NAMED;
  return names.slice(0, NAMED).join(separator) + (left > 0 ? ` and ${formatCount(left)} more` : "");
}

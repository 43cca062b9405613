/** Leaks in plain words. */
import type { ImageSplit } from "../find/index.ts";
import type { DuplicateImages, ImageLeaks, SameImages, SplitLeak } from "./image-leaks.ts";

/** How many images a line names. */
const NAMED = 3;

/** What was found, as sentences without a full stop; the worst comes first. */
export function describeLeaks(found: ImageLeaks): string[] {
  const { compared, comparedByContentOnly, complete, leaks, duplicates, conflicts } = found;
  const lines = [
    ...leaks.map(describeLeak),
    ...(conflicts.length > 0 ? [describeConflicts(conflicts)] : []),
    ...describeDuplicates(duplicates),
  ];
  if (lines.length === 0)
    lines.push(`no image is there twice: ${images(compared)} were compared by content and by look`);
  if (comparedByContentOnly > 0) {
    lines.push(
      `${images(comparedByContentOnly)} could be compared by content only, because there is hardly anything in ` +
        `${comparedByContentOnly === 1 ? "it" : "them"}, or because of a size below 32 pixels`,
    );
  }
  if (!complete)
    lines.push("very many images look alike; only the most similar ones were compared, so there may be more");
  return lines;
}

function describeLeak({ from, to, images: pairs }: SplitLeak): string {
  const named = pairs.map(({ image, twin }) => `${image.name} is ${twin.name}`);
  const verb = pairs.length === 1 ? "is" : "are";
  return `${images(pairs.length)} of ${to} ${verb} also in ${from}${evidence(pairs)}: ${some(named)}`;
}

function describeConflicts(conflicts: readonly SameImages[]): string {
  const named = conflicts.map(
    ({ image, twin }) => `${image.name} (${image.className}) is ${twin.name} (${twin.className})`,
  );
  const verb = conflicts.length === 1 ? "pair of images is the same image" : "pairs of images are the same image";
  return `${count(conflicts.length)} ${verb} under two class names${evidence(conflicts)}: ${some(named)}`;
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
    return `${images(copies)}${where} ${verb}${evidence(groups)}: ${some(named, "; ")}`;
  });
}

/** Only what is not certain needs a word. */
function evidence(found: ReadonlyArray<Pick<SameImages, "by">>): string {
  const byLook = found.filter(({ by }) => by === "look").length;
  if (byLook === 0) return "";
  return byLook === found.length ? " (by their looks)" : ` (${count(byLook)} by their looks, the others to the byte)`;
}

function some(names: readonly string[], separator = ", "): string {
  const left = names.length - NAMED;
  return names.slice(0, NAMED).join(separator) + (left > 0 ? ` and ${count(left)} more` : "");
}

function images(number: number): string {
  return `${count(number)} ${number === 1 ? "image" : "images"}`;
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}

/** What the user hears of images that could not be read. */
import { isStreamed } from "@sandglass/core";
import type { OpenedImages, OpenImagesOptions } from "../../images/decode/index.ts";
import { formatCount } from "../../text/number-format.ts";
import { someNames } from "../../text/some-names.ts";

/** So many are said while they are found; the notes count all. */
const SAID = 5;

/** Reasons that a note gives; others are counted. */
const REASONS = 4;

/** Says the first few while they are found. */
export function sayUnreadable(note: (line: string) => void): NonNullable<OpenImagesOptions["onUnreadable"]> {
  let count = 0;
  return ({ entry, reason }, fate) => {
    count++;
    if (count <= SAID) note(`${fate === "replaced" ? fate : "skipped"} ${entry.name}: ${reason}`);
    if (count === SAID + 1) note("more files that cannot be read are counted; sandglass explore names them");
  };
}

/**
 * What is left out: it shows when images are opened, but for those of streams.
 *
 * @param isPaired whether images have targets; pairs are checked before, also those of streams.
 */
export function describeLeftOut(opened: readonly OpenedImages[], isPaired: boolean): readonly string[] {
  const found = unreadableOf(opened.filter(({ data }) => isPaired || !isStreamed(data)));
  if (found.length === 0) return [];
  const [one, several] = isPaired ? ["pair of images", "pairs of images"] : ["file", "files"];
  const left =
    found.length === 1
      ? `1 ${one} could not be read and was`
      : `${formatCount(found.length)} ${several} could not be read and were`;
  return [`${left} left out: ${reasonsOf(found)}`];
}

/** What stood in for others: streams find what is unreadable while they are read, but for pairs. */
export function describeReplaced(opened: readonly OpenedImages[], isPaired: boolean): readonly string[] {
  const found = isPaired ? [] : unreadableOf(opened.filter(({ data }) => isStreamed(data)));
  if (found.length === 0) return [];
  const files = found.length === 1 ? "1 file" : `${formatCount(found.length)} files`;
  return [
    `${files} could not be read; images of the same class, where there are classes, stood in: ${reasonsOf(found)}`,
  ];
}

type Unreadable = ReturnType<OpenedImages["unreadable"]>[number];

function unreadableOf(opened: readonly OpenedImages[]): readonly Unreadable[] {
  return opened.flatMap((images) => images.unreadable());
}

/** `c.jpg, d.jpg, e.jpg, … (12): truncated or damaged JPEG; a.jpg, b.jpg: the file is empty`, the most frequent reason first. */
function reasonsOf(found: readonly Unreadable[]): string {
  const groups = [...Map.groupBy(found, ({ reason }) => reason)].toSorted(([, a], [, b]) => b.length - a.length);
  const shown = groups.slice(0, REASONS).map(([reason, images]) => {
    const names = someNames(images.map(({ entry }) => entry.name));
    return `${names}${images.length > 3 ? ` (${formatCount(images.length)})` : ""}: ${reason}`;
  });
  const others = groups.slice(REASONS).reduce((sum, [, images]) => sum + images.length, 0);
  return [...shown, ...(others === 0 ? [] : [`${formatCount(others)} for other reasons`])].join("; ");
}

import { describeLeaks, fingerprintImages, findLeaks } from "../images/leaks/index.ts";
import { findImages } from "../images/find/index.ts";
import { kindOf } from "../sources/index.ts";

/** More images are not looked at after a training, for their time. `sandglass explore` looks at all. */
const MOST_IMAGES = 20_000;

/** What is the same in several parts of a folder of images, in sentences; none where nothing is, or there are no parts. */
export async function setLeaks(source: string, signal: AbortSignal): Promise<readonly string[]> {
  if ((await kindOf(source)).kind !== "images") return [];
  const { entries } = await findImages(source, { signal });
  if (entries.length > MOST_IMAGES || entries.every(({ split }) => split === undefined)) return [];
  const { leaks, conflicts, ...rest } = findLeaks(entries, await fingerprintImages(entries, { signal }));
  if (leaks.length === 0 && conflicts.length === 0) return [];
  return describeLeaks({ ...rest, leaks, conflicts, duplicates: [], comparedByContentOnly: 0, complete: true });
}

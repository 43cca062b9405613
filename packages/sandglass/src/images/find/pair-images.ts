/** Inputs and targets in two folders: partners have the same path. */
import { UserError } from "../../errors.ts";
import { someNames } from "../../text/some-names.ts";
import type { ImageCollection, ImageEntry } from "./image-collection.ts";
import { withoutExtension } from "./file-names.ts";

export interface ImagePair {
  readonly input: ImageEntry;
  readonly target: ImageEntry;
}

export interface PairedImages {
  /** In the order of the inputs. */
  readonly pairs: readonly ImagePair[];
  readonly inputsAlone: readonly ImageEntry[];
  readonly targetsAlone: readonly ImageEntry[];
}

/**
 * Pairs each input with the target of the same name: the same path within its source, but for the extension. So a folder
 * beside another one with the same files will do, and so do `tiles/*.jpg` with masks `tiles/*.png`.
 *
 * @throws UserError when no input has a target, or one has several.
 */
export function pairImages(
  inputs: Pick<ImageCollection, "source" | "entries">,
  targets: Pick<ImageCollection, "source" | "entries">,
): PairedImages {
  const byName = new Map(targets.entries.map((entry) => [entry.name, entry]));
  const byStem = Map.groupBy(targets.entries, ({ name }) => withoutExtension(name));
  const inputStems = Map.groupBy(inputs.entries, ({ name }) => withoutExtension(name));
  const partnerOf = ({ name }: ImageEntry): ImageEntry | undefined => {
    const same = byName.get(name);
    if (same !== undefined) return same;
    const stem = withoutExtension(name);
    const candidates = byStem.get(stem) ?? [];
    const rivals = inputStems.get(stem) ?? [];
    if (candidates.length > 0 && candidates.length + rivals.length > 2) {
      throw ambiguous(rivals, candidates);
    }
    return candidates[0];
  };

  const pairs: ImagePair[] = [];
  const inputsAlone: ImageEntry[] = [];
  for (const input of inputs.entries) {
    const target = partnerOf(input);
    if (target === undefined) inputsAlone.push(input);
    else pairs.push({ input, target });
  }
  if (pairs.length === 0) throw nothingMatches(inputs, targets);
  const paired = new Set(pairs.map(({ target }) => target));
  return { pairs, inputsAlone, targetsAlone: targets.entries.filter((entry) => !paired.has(entry)) };
}

function ambiguous(inputs: readonly ImageEntry[], targets: readonly ImageEntry[]): UserError {
  const names = (entries: readonly ImageEntry[]): string => someNames(entries.map(({ name }) => name));
  return new UserError(
    `images are paired by their names without the extension, and these do not say who belongs to whom: ` +
      `input ${names(inputs)}, target ${names(targets)}\n` +
      "Give a pattern for one extension (such as '*.png'), or rename the files.",
  );
}

function nothingMatches(
  inputs: Pick<ImageCollection, "source" | "entries">,
  targets: Pick<ImageCollection, "source" | "entries">,
): UserError {
  return new UserError(
    `no image of ${inputs.source} has a partner in ${targets.source}: partners have the same path within their folders, ` +
      `but for the extension. The first input is ${inputs.entries[0]?.name ?? "missing"}, ` +
      `the first target ${targets.entries[0]?.name ?? "missing"}\nRename the files of one side as those of the other.`,
  );
}

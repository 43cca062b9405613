/**
 * Several sources as one: each becomes a folder of the whole. So `cats dogs` means what the folder with both in it means,
 * and `train test` too. Sources that have splits or classes of their own keep them.
 */
import { UserError } from "../../errors.ts";
import { someNames } from "../../text/some-names.ts";
import { arrange, type Arrangement } from "./arrange.ts";
import type { Listing } from "./listing.ts";

/**
 * Reads the folders of one or more sources.
 *
 * @throws UserError when some sources come in splits and others do not.
 */
export function combine(listings: readonly Listing[]): Arrangement {
  const [first, ...others] = listings.map((listing) => arrange(listing));
  if (first !== undefined && others.length === 0) return first;
  const all = [first, ...others].filter((one) => one !== undefined);
  const filled = all.filter(({ images }) => images.length > 0);
  const withSplits = filled.filter(({ hasSplits }) => hasSplits);
  if (withSplits.length === filled.length) return join(all);
  if (withSplits.length > 0) {
    throw new UserError(
      `${labelsOf(withSplits)} has folders to train and to test with, and ` +
        `${labelsOf(filled.filter(({ hasSplits }) => !hasSplits))} has none; ` +
        "give sources of one kind at a time, or name one of the folders within (such as its train)",
    );
  }
  const joined = join(all);
  const inSplits = arrange(joined);
  if (inSplits.hasSplits) return inSplits;
  return joined.images.every(({ folder }) => folder !== undefined) ? joined : inSplits;
}

/** All images under one roof, with what the folders of their own sources say. */
function join(arranged: readonly Arrangement[]): Arrangement {
  const labels = tellApart(arranged);
  const sources = arranged.map((one, index) => {
    const label = labels[index] ?? one.label;
    return { ...one, label, prefix: one.isLoose ? "" : `${label}/` };
  });
  const filled = sources.filter(({ images }) => images.length > 0);
  return {
    label: someNames(filled.map(({ label }) => label)),
    whole: "",
    images: sources.flatMap(({ images, prefix }) => images.map((one) => ({ ...one, path: prefix + one.path }))),
    otherFiles: sources.flatMap(({ otherFiles, prefix }) => otherFiles.map((path) => prefix + path)),
    folders: sources.flatMap(({ folders, prefix }) => folders.map((path) => prefix + path)),
    notes: sources.flatMap(({ label, images, isLoose, notes }) => [
      ...notes.map((note) => `${label}: ${note}`),
      ...(images.length > 0 || isLoose ? [] : [`${label} has no image`]),
    ]),
    wrapper: "",
    hasSplits: filled.length > 0 && filled.every(({ hasSplits }) => hasSplits),
  };
}

/** Labels that differ: where two are the same, the folders above them come in front, or in the end a number behind. */
function tellApart(sources: ReadonlyArray<{ readonly whole: string; readonly label: string }>): string[] {
  const paths = sources.map(({ whole }) => whole.split("/"));
  const labels = sources.map(({ label }) => label);
  for (let above = 1; above <= Math.max(...paths.map((parts) => parts.length)); above++) {
    const same = Map.groupBy(labels.keys(), (index) => labels[index]);
    for (const index of [...same.values()].filter((indices) => indices.length > 1).flat()) {
      const part = paths[index]?.at(-1 - above) ?? "";
      if (part !== "") labels[index] = `${part}/${labels[index] ?? ""}`;
    }
  }
  return labels.map((label, index) => {
    const before = labels.slice(0, index).filter((other) => other === label).length;
    return before === 0 ? label : `${label} (${before + 1})`;
  });
}

function labelsOf(listings: readonly Listing[]): string {
  return someNames(listings.map(({ label }) => label));
}

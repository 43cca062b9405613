/**
 * Several sources as one: each becomes a folder of the whole. So `cats dogs` means what the folder with both in it means,
 * and `train test` too. Sources that have splits or classes of their own keep them.
 */
import { UserError } from "../../errors.ts";
import { arrange, splitNamed, type Arrangement } from "./arrange.ts";
import type { Listing } from "./listing.ts";
import { some } from "./wording.ts";

/**
 * Reads the folders of one or more sources.
 *
 * @throws UserError when some sources come in splits and others do not.
 */
export function combine(listings: readonly Listing[]): Arrangement {
  const arranged = listings.map((listing) => arrange(listing));
  const [only] = arranged;
  if (only !== undefined && arranged.length === 1) return only;

  const withSplits = arranged.filter(({ hasSplits }) => hasSplits);
  if (withSplits.length === arranged.length) return join(arranged);
  if (withSplits.length > 0) {
    const without = arranged.filter(({ hasSplits }) => !hasSplits);
    throw new UserError(
      `${labelsOf(withSplits)} has folders to train and to test with, and ${labelsOf(without)} has none; ` +
        "give sources of one kind at a time, or name one of the folders within (such as its train)",
    );
  }
  const joined = join(arranged);
  if (arranged.some(({ label }) => splitNamed(label) !== undefined)) {
    const whole = arrange(joined);
    if (whole.hasSplits) return whole;
  }
  const haveClasses = arranged.every(({ images }) => images.every(({ folder }) => folder !== undefined));
  return haveClasses ? joined : arrange(joined);
}

/** All images under one roof, with what the folders of their own sources say. */
function join(arranged: readonly Arrangement[]): Arrangement {
  const labels = tellApart(arranged.map(({ whole, label }) => ({ whole, label })));
  const sources = arranged.map((one, index) => ({ ...one, prefix: `${labels[index] ?? ""}/` }));
  return {
    label: some(labels),
    whole: "",
    images: sources.flatMap(({ images, prefix }) => images.map((one) => ({ ...one, path: prefix + one.path }))),
    otherFiles: sources.flatMap(({ otherFiles, prefix }) => otherFiles.map((path) => prefix + path)),
    folders: sources.flatMap(({ folders, prefix }) => [prefix.slice(0, -1), ...folders.map((path) => prefix + path)]),
    notes: sources.flatMap(({ images, notes, prefix }) => [
      ...notes.map((note) => `${prefix.slice(0, -1)}: ${note}`),
      ...(images.length === 0 ? [`${prefix.slice(0, -1)} has no image`] : []),
    ]),
    wrapper: "",
    hasSplits: arranged.every(({ hasSplits }) => hasSplits),
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
  return some(listings.map(({ label }) => label));
}

/** Images whose targets lie in another folder, beside images that have none. */
import { UserError } from "../../errors.ts";
import {
  openImages,
  openPairs,
  type ImagePlan,
  type OpenedImages,
  type OpenImagesOptions,
} from "../../images/decode/index.ts";
import { findImages, pairImages, type ImageCollection, type ImageEntry } from "../../images/find/index.ts";
import { formatCount } from "../../text/number-format.ts";
import { someNames } from "../../text/some-names.ts";

/** What to open of a source of images. */
export interface ImagesToOpen {
  /** The images; of pairs, the inputs that have a target. */
  readonly collection: ImageCollection;
  /** Whether the images have targets. */
  readonly isPaired: boolean;
  /** What was left out because it has no partner. */
  readonly notes: readonly string[];
  /** Some of the images, and right behind each its target where there are such. */
  withTargets(entries: readonly ImageEntry[]): readonly ImageEntry[];
  /** Opens some of the images, with their targets where there are such. */
  open(entries: readonly ImageEntry[], plan: ImagePlan, options: OpenImagesOptions): Promise<OpenedImages>;
}

/**
 * Finds the images of a source, and the targets that belong to them.
 *
 * @param target where the targets are; undefined for images without.
 * @throws UserError when there are no images, no image has a target, or the targets are the images themselves.
 */
export async function imagesToOpen(
  source: string,
  target: string | undefined,
  signal: AbortSignal,
): Promise<ImagesToOpen> {
  const collection = await findImages(source, { signal });
  if (target === undefined) {
    return { collection, isPaired: false, notes: [], withTargets: (entries) => entries, open: openImages };
  }
  const targets = await findImages(target, { signal });
  const { pairs, inputsAlone, targetsAlone } = pairImages(collection, targets);
  if (pairs.every(({ input, target: wanted }) => isSameFile(input, wanted))) {
    throw new UserError(
      `--target ${target} names the images of ${source} themselves; name what is to become of them, or leave it out`,
      { exitCode: 2 },
    );
  }
  const targetOf = new Map(pairs.map(({ input, target: wanted }) => [input.name, wanted]));
  const pairsOf = (entries: readonly ImageEntry[]): typeof pairs =>
    entries.map((input) => ({ input, target: targetOf.get(input.name) as ImageEntry }));
  return {
    collection: only(
      collection,
      pairs.map(({ input }) => input),
    ),
    isPaired: true,
    notes: [
      ...alone(inputsAlone, `have no target in ${target} and are left out`, collection.entries.length),
      ...alone(targetsAlone, `of ${target} belong to no input and are left out`, targets.entries.length),
    ],
    withTargets: (entries) => pairsOf(entries).flatMap(({ input, target: wanted }) => [input, wanted]),
    open: (entries, plan, options) => openPairs(pairsOf(entries), plan, options),
  };
}

/** Some of the images of a collection, with the classes that are left. */
function only(collection: ImageCollection, entries: readonly ImageEntry[]): ImageCollection {
  const left = new Set(entries.map(({ className }) => className));
  const classNames = collection.classNames.filter((name) => left.has(name));
  return { ...collection, entries, classNames };
}

function alone(entries: readonly ImageEntry[], what: string, total: number): readonly string[] {
  if (entries.length === 0) return [];
  return [
    `${formatCount(entries.length)} of ${formatCount(total)} images ${what}: ${someNames(entries.map(({ name }) => name))}`,
  ];
}

function isSameFile({ location: a }: ImageEntry, { location: b }: ImageEntry): boolean {
  if (a.kind === "file") return b.kind === "file" && a.path === b.path;
  return b.kind === "zip" && a.archive === b.archive && a.entry === b.entry;
}

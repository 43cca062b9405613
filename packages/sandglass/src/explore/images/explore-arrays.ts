/** A look at arrays of samples. */
import type { Dataset } from "@sandglass/core";
import type { Exploration, ExploreRequest, ExploreServices } from "../exploration.ts";
import { countParts, imbalanceOf } from "./class-counts.ts";
import { inspectPictures } from "./inspect-pictures.ts";
import { openArrays } from "./open-arrays.ts";
import { present } from "./present.ts";

/** Looks at a named set, IDX files, arrays of NumPy's, CIFAR's files. */
export async function exploreArrays(
  source: string,
  request: ExploreRequest,
  services: ExploreServices,
): Promise<Exploration> {
  const { set, trainingLabels, leaks, notes } = await openArrays(source, request, services);
  const inspection = await inspectPictures(set, request.seed, services);
  services.progress.end();
  return present(
    {
      source,
      set,
      parts: countParts(set.pictures, set.classNames),
      imbalance: imbalanceOf(set.pictures, set.classNames),
      leaks,
      inspection,
      files: undefined,
      isSorted: request.choices.split === undefined && lacksClasses(trainingLabels),
      notes,
    },
    request,
    services,
  );
}

/** Whether the last tenth, which is held back, lacks a class of which there are enough for one to be there. */
function lacksClasses(labels: Dataset["labels"]): boolean {
  if (labels === undefined) return false;
  const held = new Set(labels.subarray(Math.floor(0.9 * labels.length)));
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].some(([label, count]) => count >= ENOUGH && !held.has(label));
}

/** So many samples of a class are not missing from a random tenth: 0.9¹⁰⁰ is 1 in 40,000. */
const ENOUGH = 100;

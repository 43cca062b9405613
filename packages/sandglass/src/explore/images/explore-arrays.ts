/** A look at arrays of samples. */
import type { Exploration, ExploreRequest, ExploreServices } from "../exploration.ts";
import { exploreSet } from "./explore-set.ts";
import { lacksClasses } from "./lacks-classes.ts";
import type { LoadedParts } from "../load-parts.ts";
import { openArrays } from "./open-arrays.ts";

/** Looks at a named set, IDX files, arrays of NumPy's, CIFAR's files. The last ones may be those that would be held back. */
export async function exploreArrays(
  source: string,
  { takesLast, ...loaded }: LoadedParts & { readonly takesLast: boolean },
  request: ExploreRequest,
  services: ExploreServices,
): Promise<Exploration> {
  const { set, trainingLabels, leaks, notes } = openArrays(loaded, services);
  const isSorted = takesLast && lacksClasses(trainingLabels);
  return exploreSet({ source, set, leaks, files: undefined, isSorted, notes }, request, services);
}

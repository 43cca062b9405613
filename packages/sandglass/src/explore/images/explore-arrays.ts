/** A look at arrays of samples. */
import type { Exploration, ExploreRequest, ExploreServices } from "../exploration.ts";
import { countParts, imbalanceOf } from "./class-counts.ts";
import { inspectPictures } from "./inspect-pictures.ts";
import { lacksClasses } from "./lacks-classes.ts";
import type { LoadedParts } from "../load-parts.ts";
import { openArrays } from "./open-arrays.ts";
import { present } from "./present.ts";

/** Looks at a named set, IDX files, arrays of NumPy's, CIFAR's files. The last ones may be those that would be held back. */
export async function exploreArrays(
  source: string,
  { takesLast, ...loaded }: LoadedParts & { readonly takesLast: boolean },
  request: ExploreRequest,
  services: ExploreServices,
): Promise<Exploration> {
  const { set, trainingLabels, leaks, notes } = openArrays(loaded, services);
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
      isSorted: takesLast && lacksClasses(trainingLabels),
      notes,
    },
    request,
    services,
  );
}

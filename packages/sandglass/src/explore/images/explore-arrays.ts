/** A look at arrays of samples. */
import type { Exploration, ExploreRequest, ExploreServices } from "../exploration.ts";
import { countParts, imbalanceOf } from "./class-counts.ts";
import { inspectPictures } from "./inspect-pictures.ts";
import { lacksClasses } from "./lacks-classes.ts";
import type { LoadedParts } from "./load-parts.ts";
import { openArrays } from "./open-arrays.ts";
import { present } from "./present.ts";

/** Looks at a named set, IDX files, arrays of NumPy's, CIFAR's files. */
export async function exploreArrays(
  source: string,
  loaded: LoadedParts,
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
      isSorted: request.choices.split === undefined && lacksClasses(trainingLabels),
      notes,
    },
    request,
    services,
  );
}

/** A look at arrays, which are images or other samples, or tables of numbers. */
import { isShuffled } from "../data/index.ts";
import { hasColumns } from "../sources/index.ts";
import type { Exploration, ExploreRequest, ExploreServices } from "./exploration.ts";
import { exploreArrays } from "./images/index.ts";
import { loadParts } from "./load-parts.ts";
import { exploreMatrix } from "./tables/index.ts";

/** Looks at a named set, IDX files, arrays of NumPy's, CIFAR's files. */
export async function exploreSamples(
  source: string,
  request: ExploreRequest,
  services: ExploreServices,
): Promise<Exploration> {
  const loaded = await loadParts(source, request, services);
  const [[, data]] = loaded.parts;
  if (hasColumns(data, request.choices)) return exploreMatrix(source, loaded, request, services);
  const takesLast = request.choices.split === undefined && (await isShuffled(source));
  return exploreArrays(source, { ...loaded, takesLast }, request, services);
}

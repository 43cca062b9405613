/** A look at data before training, whatever kind they are of. */
import { checkAugmentation, checkChoices, kindOf, type Preparation } from "../sources/index.ts";
import type { Exploration, Explorer, ExploreRequest, ExploreServices } from "./exploration.ts";
import { exploreSamples } from "./explore-samples.ts";
import { exploreImages } from "./images/index.ts";
import { exploreTable } from "./tables/index.ts";

/** Who looks at data of which kind. What is new gets its folder and a line here. */
const EXPLORERS: Readonly<Record<Preparation["kind"], Explorer>> = {
  images: exploreImages,
  samples: exploreSamples,
  table: exploreTable,
};

/**
 * Looks at data: how much there is, of what, and what is wrong with it.
 *
 * @param source what the user named: a set, a folder of images, a table, files of arrays.
 * @throws UserError when it cannot be opened, or a choice is not for data of its kind.
 */
export async function explore(
  source: string,
  request: ExploreRequest,
  services: ExploreServices,
): Promise<Exploration> {
  if (request.augment !== undefined) await checkAugmentation(source, request.augment);
  const { kind } = checkChoices(source, await kindOf(source), request.choices);
  return EXPLORERS[kind](source, request, services);
}

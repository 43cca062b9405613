/** A look at files of images. */
import { isPattern } from "../../images/find/index.ts";
import { groupsOf, type DataChoices } from "../../sources/index.ts";
import type { Exploration, ExploreRequest, ExploreServices } from "../exploration.ts";
import { imagesBeside } from "./beside.ts";
import { exploreSet } from "./explore-set.ts";
import { headerStatistics } from "./header-statistics.ts";
import { givenGroups, guessGroups, type FoundGroups } from "./name-groups.ts";
import { openFolder } from "./open-folder.ts";
import type { Picture } from "./picture-set.ts";

/** Looks at a folder, a pattern, an archive, or a file. */
export async function exploreImages(
  source: string,
  request: ExploreRequest,
  services: ExploreServices,
): Promise<Exploration> {
  const opened = await openFolder(source, request, services);
  const { set, probes, unreadable, files: lookedAt, plan, reading, leaks, notes } = opened;
  const files = {
    headers: headerStatistics(probes),
    sizes: Float32Array.from(probes.flatMap(({ header }) => [header.width, header.height])),
    unreadable,
    files: lookedAt,
    plan,
    reading,
    groups: groupsIn(set.pictures, request.choices),
    beside: isPattern(source) ? undefined : imagesBeside(set.pictures),
  };
  return exploreSet({ source, set, leaks, files, isSorted: false, notes }, request, services);
}

/** @throws UserError when the user's pattern is none, or is found in no name. */
function groupsIn(pictures: readonly Picture[], { group }: DataChoices): FoundGroups | undefined {
  if (group === undefined) return guessGroups(pictures);
  groupsOf(pictures, group);
  return givenGroups(pictures, group);
}

/** A look at files of images. */
import { isPattern } from "../../images/find/index.ts";
import { groupsOf, type DataChoices } from "../../sources/index.ts";
import type { Exploration, ExploreRequest, ExploreServices } from "../exploration.ts";
import { imagesBeside } from "./beside.ts";
import { countParts, imbalanceOf } from "./class-counts.ts";
import { headerStatistics } from "./header-statistics.ts";
import { inspectPictures } from "./inspect-pictures.ts";
import { givenGroups, guessGroups, type FoundGroups } from "./name-groups.ts";
import { openFolder } from "./open-folder.ts";
import type { Picture } from "./picture-set.ts";
import { present } from "./present.ts";

/** Looks at a folder, a pattern, an archive, or a file. */
export async function exploreImages(
  source: string,
  request: ExploreRequest,
  services: ExploreServices,
): Promise<Exploration> {
  const opened = await openFolder(source, request, services);
  const { set, probes, unreadable, files, plan, reading, leaks, notes } = opened;
  const groups = groupsIn(set.pictures, request.choices);
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
      files: {
        headers: headerStatistics(probes),
        sizes: Float32Array.from(probes.flatMap(({ header }) => [header.width, header.height])),
        unreadable,
        files,
        plan,
        reading,
        groups,
        beside: isPattern(source) ? undefined : imagesBeside(set.pictures),
      },
      isSorted: false,
      notes,
    },
    request,
    services,
  );
}

/** @throws UserError when the user's pattern is none, or is found in no name. */
function groupsIn(pictures: readonly Picture[], { group }: DataChoices): FoundGroups | undefined {
  if (group === undefined) return guessGroups(pictures);
  groupsOf(pictures, group);
  return givenGroups(pictures, group);
}

/** A look at images, wherever they lie, once they are found. */
import type { Exploration, ExploreRequest, ExploreServices } from "../exploration.ts";
import { countParts, imbalanceOf } from "./class-counts.ts";
import type { Findings } from "./findings.ts";
import { inspectPictures } from "./inspect-pictures.ts";
import { present } from "./present.ts";

/** What is known before the pictures are looked at. */
export type OpenedSet = Omit<Findings, "parts" | "imbalance" | "inspection">;

/** Looks at the pictures of a set, and says what is to be said of them. */
export async function exploreSet(
  opened: OpenedSet,
  request: ExploreRequest,
  services: ExploreServices,
): Promise<Exploration> {
  const { pictures, classNames } = opened.set;
  const inspection = await inspectPictures(opened.set, request.seed, services);
  services.progress.end();
  const counts = { parts: countParts(pictures, classNames), imbalance: imbalanceOf(pictures, classNames) };
  return present({ ...opened, ...counts, inspection }, request, services);
}

/** What changing samples at random does to them, on the page. */
import { augmentationExhibit, GraphError, type Dataset, type Exhibit } from "@sandglass/core";
import { UserError } from "../errors.ts";
import type { ExploreRequest, ExploreServices, Section } from "./exploration.ts";

/**
 * Shows samples before and after the augmentation that the user named; nothing where there is none.
 *
 * @param data some samples, as a training would see them.
 * @param translate turns what is shown of samples into what the user knows of them.
 * @throws UserError when these samples cannot be changed so.
 */
export async function augmentationSection(
  data: Dataset,
  { augment, seed }: Pick<ExploreRequest, "augment" | "seed">,
  { device }: Pick<ExploreServices, "device">,
  translate: (exhibit: Exhibit) => Exhibit = (exhibit) => exhibit,
): Promise<readonly Section[]> {
  if (augment === undefined) return [];
  try {
    const { title, note, ...content } = translate(await augmentationExhibit(data, augment, { seed, device }));
    return [{ title, note, parts: [{ content }] }];
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    throw new UserError(`--augment: ${error.message}`, { exitCode: 2, cause: error });
  }
}

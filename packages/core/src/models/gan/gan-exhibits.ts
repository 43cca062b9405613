import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { nearestExhibit } from "../parts/nearest-exhibit.ts";
import { noiseWalkExhibit } from "../parts/noise-walk-exhibit.ts";
import { sampleExhibit } from "../parts/sample-exhibit.ts";

/** What there is to see of a GAN: what it draws, how that changes with the noise, and whether it copies. */
export async function ganExhibits(
  exhibition: Exhibition,
  { code, numClasses }: { readonly code: number; readonly numClasses: number },
): Promise<readonly Exhibit[]> {
  return [
    await sampleExhibit(exhibition, { conditional: numClasses > 0 }),
    ...(await noiseWalkExhibit(exhibition, { code, numClasses })),
    await nearestExhibit(exhibition),
  ];
}

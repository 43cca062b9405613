import type { ValueSummary } from "../values.ts";
import { OF_A_SHARE } from "./noise.ts";
import type { Noise } from "./noise.ts";

/** Where it is not told: much enough to see, and not so much that nothing is left. Gaussian noise goes by the samples. */
const LEVELS: Readonly<Record<Exclude<Noise, "gaussian">, number>> = {
  masking: 0.5,
  dropout: 0.5,
  "salt-and-pepper": 0.3,
  speckle: 0.5,
};

/**
 * Chooses the level of the noise; of Gaussian noise, the standard deviation of the samples' values.
 *
 * @throws RangeError when a share is not below 1: nothing would be left to see.
 */
export function decideNoise<Options extends { readonly noise: Noise; readonly noiseLevel: number | undefined }>(
  { variance }: ValueSummary,
  options: Options,
): Options & { readonly noiseLevel: number } {
  const { noise } = options;
  const own = noise === "gaussian" ? Number(Math.sqrt(variance).toPrecision(2)) : LEVELS[noise];
  const { noiseLevel = own } = options;
  if (OF_A_SHARE.has(noise) && noiseLevel >= 1) {
    throw new RangeError(
      `the noise "${noise}" of the model "denoising" changes a share of the values, below 1; noiseLevel ${noiseLevel} came`,
    );
  }
  return { ...options, noiseLevel };
}

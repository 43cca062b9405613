/** The families by name. To add one, write its folder and put it into this list. */
import { describeUnknown } from "../nn/nearest-name.ts";
import type { ModelFamily } from "./model-family.ts";
import { adversarial } from "./adversarial/adversarial.ts";
import { contractive } from "./contractive/contractive.ts";
import { conv } from "./conv/conv.ts";
import { deep } from "./deep/deep.ts";
import { denoising } from "./denoising/denoising.ts";
import { gan } from "./gan/gan.ts";
import { pca } from "./pca/pca.ts";
import { sparse } from "./sparse/sparse.ts";
import { stacked } from "./stacked/stacked.ts";
import { vae } from "./vae/vae.ts";
import { vanilla } from "./vanilla/vanilla.ts";
import { vqVae } from "./vq-vae/vq-vae.ts";

/** All families, in the order in which they are listed. */
export const modelFamilies: readonly ModelFamily[] = [
  vanilla,
  deep,
  conv,
  stacked,
  sparse,
  denoising,
  contractive,
  vae,
  vqVae,
  adversarial,
  gan,
  pca,
].map(({ family }) => family);

/**
 * The family of a name.
 *
 * @throws RangeError when there is none; it suggests the nearest.
 */
export function modelFamily(name: string): ModelFamily {
  const found = modelFamilies.find((family) => family.name === name);
  if (found !== undefined) return found;
  const known = modelFamilies.map((family) => family.name);
  throw new RangeError(`unknown model ${describeUnknown(name, known)}`);
}

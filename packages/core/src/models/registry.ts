/** The families by name. To add one, write its file and put it into this list. */
import { describeUnknown } from "../nn/nearest-name.ts";
import { conv30 } from "./conv-30.ts";
import { conv } from "./conv.ts";
import { deep } from "./deep.ts";
import type { ModelFamily } from "./model-family.ts";
import { stacked } from "./stacked.ts";

/** All families, in the order in which they are listed. */
export const modelFamilies: readonly ModelFamily[] = [conv, conv30, stacked, deep];

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

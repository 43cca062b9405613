import type { ImageChoices } from "../../images/decode/index.ts";
import type { DataChoices } from "../source-kind.ts";

/**
 * What the user chose, as it is taken where images are planned.
 *
 * @param seed says where patches lie.
 */
export function imageChoices({ size, color, fit, patches }: DataChoices, seed: number): ImageChoices {
  return {
    ...(color && { color }),
    ...(fit && { fit }),
    ...(patches === undefined ? { size } : { patches: { size: size ?? "64", perImage: patches, seed } }),
  };
}

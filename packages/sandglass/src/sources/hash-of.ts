import { createHash } from "node:crypto";
import type { Dataset } from "@sandglass/core";

/**
 * The SHA-256 of the values of samples in order, and of their targets where they have such, as bytes or little-endian float32: two sets with the same one are the same.
 *
 * @param parts one set, or the parts that it was divided into.
 */
export function hashOf(...parts: readonly (Dataset | undefined)[]): string {
  const hash = createHash("sha256");
  for (const { values, targets } of parts.filter((part) => part !== undefined)) {
    for (const side of [values, ...(targets ? [targets] : [])]) {
      hash.update(new Uint8Array(side.buffer, side.byteOffset, side.byteLength));
    }
  }
  return hash.digest("hex");
}

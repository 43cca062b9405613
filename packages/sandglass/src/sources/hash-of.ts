import { createHash } from "node:crypto";
import type { Dataset } from "@sandglass/core";

/**
 * The SHA-256 of the samples' values in order, as bytes or little-endian float32: two sets with the same one are the same.
 *
 * @param parts one set, or the parts that it was divided into.
 */
export function hashOf(...parts: readonly (Dataset | undefined)[]): string {
  const hash = createHash("sha256");
  for (const { values } of parts.filter((part) => part !== undefined)) {
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest("hex");
}

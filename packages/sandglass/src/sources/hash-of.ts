import { createHash } from "node:crypto";
import type { Dataset } from "@sandglass/core";

/** The SHA-256 of the samples' values in order, as bytes or little-endian float32: two sets with the same one are the same. */
export function hashOf({ values }: Dataset): string {
  return createHash("sha256")
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest("hex");
}

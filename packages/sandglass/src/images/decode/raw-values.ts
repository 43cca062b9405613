/** From sharp's bytes to values. */
import type { ImagePlan, ImageValues } from "./image-plan.ts";

/**
 * The values in the bytes that sharp made for the plan.
 *
 * @param count how many there must be.
 * @throws when there are not as many, because the file has other channels than any plan.
 */
export function rawValues(bytes: Buffer, { depth }: ImagePlan, count: number): ImageValues {
  const size = depth / 8;
  if (bytes.length !== count * size) {
    throw new Error(
      `its pixels have ${bytes.length / size} values, and ${count} were expected: it has channels of other kinds`,
    );
  }
  if (depth === 8) return new Uint8Array(bytes.buffer, bytes.byteOffset, count);
  // A view needs an even address, which a slice of a buffer need not have.
  const aligned = bytes.byteOffset % size === 0 ? bytes : Uint8Array.from(bytes);
  return Float32Array.from(new Uint16Array(aligned.buffer, aligned.byteOffset, count));
}

import type { Block } from "./file-bytes.ts";
import { Hdf5Error } from "./hdf5-error.ts";
import { lookup3 } from "./lookup3.ts";

/**
 * Reads the checksum that follows at the block's position, and compares it with what stands before.
 *
 * @throws Hdf5Error when they differ.
 */
export function checkSum(block: Block, what: string): void {
  const content = block.bytes.subarray(0, block.position);
  if (block.u32() !== lookup3(content)) throw new Hdf5Error(`the checksum of ${what} does not match; it is damaged`);
}

/** Where an HDF5 file begins. Source: HDF5 File Format Specification 3.0, II.A "Disk Format: Level 0A". */
import type { FileBytes } from "./file-bytes.ts";
import { checkSum } from "./check-sum.ts";
import { Hdf5Error } from "./hdf5-error.ts";

const SIGNATURE = "\u0089HDF\r\n\u001A\n";
const SIGNATURE_BYTES = 8;
const OLD_BYTES = 96;
const OLD_BYTES_VERSION_1 = 100;
const NEW_BYTES = 48;

/**
 * The address of the root group's header.
 *
 * @throws Hdf5Error when the bytes are no HDF5 file, or not all of one.
 */
export function rootAddress(file: FileBytes): number {
  if (!file.startsWith(0, SIGNATURE)) throw new Hdf5Error("file signature not found: the bytes are no HDF5 file");
  const version = file.block(SIGNATURE_BYTES, 1, "the superblock").version(0, 1, 2, 3);
  return version < 2 ? oldRoot(file, version) : newRoot(file);
}

function oldRoot(file: FileBytes, version: number): number {
  const size = version === 0 ? OLD_BYTES : OLD_BYTES_VERSION_1;
  const block = file.block(0, size, "the superblock");
  block.skip(SIGNATURE_BYTES + 5);
  checkWidths(block.u8(), block.u8());
  block.skip(version === 0 ? 9 : 13);
  checkBase(block.u64());
  block.skip(8);
  checkEnd(block.u64(), file.length);
  block.skip(16);
  return block.u64();
}

function newRoot(file: FileBytes): number {
  const block = file.block(0, NEW_BYTES, "the superblock");
  block.skip(SIGNATURE_BYTES + 1);
  checkWidths(block.u8(), block.u8());
  block.skip(1);
  checkBase(block.u64());
  block.skip(8);
  checkEnd(block.u64(), file.length);
  const root = block.u64();
  checkSum(block, "the superblock");
  return root;
}

function checkWidths(offsets: number, lengths: number): void {
  if (offsets === 8 && lengths === 8) return;
  throw new Hdf5Error(`addresses of ${offsets} and lengths of ${lengths} bytes came; only those of 8 can be read`);
}

function checkBase(base: number): void {
  if (base !== 0) throw new Hdf5Error(`the content begins at ${base}; files that begin with it can be read`);
}

function checkEnd(end: number, length: number): void {
  if (end > length) throw new Hdf5Error(`truncated file: it should have ${end} bytes and has ${length}`);
}

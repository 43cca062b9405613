/**
 * Groups as HDF5 kept them first, and as h5py still does: a tree of tables of names.
 * Source: HDF5 File Format Specification 3.0, III.A.1, III.C and III.D.
 */
import { walkTree } from "./btree-v1.ts";
import type { FileBytes } from "./file-bytes.ts";
import { decodeText } from "./file-bytes.ts";
import { Hdf5Error } from "./hdf5-error.ts";
import type { Link } from "./links.ts";

const NODE_PREFIX_BYTES = 8;
const ENTRY_BYTES = 40;
const HEAP_BYTES = 32;
const KEY_BYTES = 8;
const GROUP_TREE = 0;
const SOFT_LINK = 2;

export function readSymbolTable(file: FileBytes, treeAddress: number, heapAddress: number): readonly Link[] {
  const names = readLocalHeap(file, heapAddress);
  const links: Link[] = [];
  walkTree(file, treeAddress, { type: GROUP_TREE, keyBytes: KEY_BYTES }, (_, address) => {
    links.push(...readNode(file, address, names));
  });
  return links;
}

function readNode(file: FileBytes, address: number, names: Uint8Array): readonly Link[] {
  const what = "a table of names";
  const prefix = file.block(address, NODE_PREFIX_BYTES, what);
  prefix.signature("SNOD");
  prefix.version(1);
  prefix.skip(1);
  const count = prefix.u16();
  const entries = file.block(address + NODE_PREFIX_BYTES, count * ENTRY_BYTES, what);
  return Array.from({ length: count }, () => {
    const entry = entries.part(ENTRY_BYTES);
    const [name, header, cacheType] = [nameAt(names, entry.u64()), entry.address(), entry.u32()];
    return { name, address: cacheType === SOFT_LINK ? undefined : header };
  });
}

function readLocalHeap(file: FileBytes, address: number): Uint8Array {
  const heap = file.block(address, HEAP_BYTES, "a heap of names");
  heap.signature("HEAP");
  heap.version(0);
  heap.skip(3);
  const size = heap.u64();
  heap.skip(8);
  return file.block(heap.u64(), size, "a heap of names").bytes;
}

function nameAt(names: Uint8Array, offset: number): string {
  const end = names.indexOf(0, offset);
  if (offset < names.length && end > offset) return decodeText(names.subarray(offset, end));
  throw new Hdf5Error("a group holds an object without a name; the file is damaged");
}

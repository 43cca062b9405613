/** The newer tree of HDF5, which indexes heaps of names. Source: HDF5 File Format Specification 3.0, III.A.2. */
import { checkSum } from "./check-sum.ts";
import type { Block, FileBytes } from "./file-bytes.ts";
import { Hdf5Error } from "./hdf5-error.ts";

const HEADER_BYTES = 38;
/** Signature, version, type and checksum of a node. */
const NODE_FRAME_BYTES = 10;
const MAX_DEPTH = 8;

interface Layout {
  readonly nodeSize: number;
  readonly recordSize: number;
  /** Bytes of a child's number of records. */
  readonly countBytes: number;
  /** Bytes of the number of records below a child, by the child's level. */
  readonly totalBytes: readonly number[];
}

/** Every record of an index. */
export function readIndexRecords(file: FileBytes, address: number): readonly Block[] {
  const header = file.block(address, HEADER_BYTES, "an index");
  header.signature("BTHD");
  header.version(0);
  header.skip(1);
  const [nodeSize, recordSize, depth] = [header.u32(), header.u16(), header.u16()];
  header.skip(2);
  const [root, rootRecords] = [header.address(), header.u16()];
  header.skip(8);
  checkSum(header, "an index");
  if (depth > MAX_DEPTH || recordSize === 0) throw new Hdf5Error(`an index is ${depth} levels deep; it is damaged`);
  if (root === undefined) return [];
  const records: Block[] = [];
  readNode(
    file,
    { address: root, level: depth, numRecords: rootRecords },
    layoutOf(nodeSize, recordSize, depth),
    records,
  );
  return records;
}

interface NodeReference {
  readonly address: number;
  readonly level: number;
  readonly numRecords: number;
}

function readNode(
  file: FileBytes,
  { address, level, numRecords }: NodeReference,
  layout: Layout,
  found: Block[],
): void {
  const isLeaf = level === 0;
  const totalBytes = level > 1 ? (layout.totalBytes[level - 1] ?? 0) : 0;
  const pointerSize = 8 + layout.countBytes + totalBytes;
  const pointers = isLeaf ? 0 : (numRecords + 1) * pointerSize;
  const node = file.block(address, NODE_FRAME_BYTES + numRecords * layout.recordSize + pointers, "an index");
  node.signature(isLeaf ? "BTLF" : "BTIN");
  node.version(0);
  node.skip(1);
  for (let record = 0; record < numRecords; record++) found.push(node.part(layout.recordSize));
  const children = Array.from({ length: isLeaf ? 0 : numRecords + 1 }, (): NodeReference => {
    const child = { address: node.u64(), level: level - 1, numRecords: node.unsigned(layout.countBytes) };
    node.skip(totalBytes);
    return child;
  });
  checkSum(node, "an index");
  for (const child of children) readNode(file, child, layout, found);
}

/** How wide the numbers in the nodes are: as wide as the greatest of them needs. */
function layoutOf(nodeSize: number, recordSize: number, depth: number): Layout {
  const inLeaf = Math.floor((nodeSize - NODE_FRAME_BYTES) / recordSize);
  const countBytes = bytesFor(inLeaf);
  const totalBytes = [countBytes];
  let total = inLeaf;
  for (let level = 1; level <= depth; level++) {
    const pointerSize = 8 + countBytes + (level > 1 ? (totalBytes[level - 1] ?? 0) : 0);
    const inNode = Math.floor((nodeSize - NODE_FRAME_BYTES - pointerSize) / (recordSize + pointerSize));
    total = (inNode + 1) * total + inNode;
    totalBytes.push(bytesFor(total));
  }
  return { nodeSize, recordSize, countBytes, totalBytes };
}

/** Bytes that a number from 0 to `largest` needs, up to 8. */
function bytesFor(largest: number): number {
  return Math.min(8, Math.floor(Math.log2(Math.max(1, largest)) / 8) + 1);
}

/** The older tree of HDF5, of groups and of chunks. Source: HDF5 File Format Specification 3.0, III.A.1. */
import type { Block, FileBytes } from "./file-bytes.ts";
import { Hdf5Error } from "./hdf5-error.ts";

interface TreeKind {
  /** 0 for groups, 1 for chunks. */
  readonly type: number;
  readonly keyBytes: number;
}

const PREFIX_BYTES = 24;
const ADDRESS_BYTES = 8;
const MAX_LEVEL = 16;

/**
 * Visits every leaf with the key before it.
 *
 * @throws Hdf5Error when levels do not go down by one, so that no tree holds itself.
 */
export function walkTree(
  file: FileBytes,
  address: number,
  kind: TreeKind,
  visit: (key: Block, address: number) => void,
  expectedLevel?: number,
): void {
  const prefix = file.block(address, PREFIX_BYTES, "a tree");
  prefix.signature("TREE");
  prefix.version(kind.type);
  const [level, count] = [prefix.u8(), prefix.u16()];
  if (level > MAX_LEVEL || (expectedLevel !== undefined && level !== expectedLevel)) {
    throw new Hdf5Error(
      `a tree has a node of level ${level} where ${expectedLevel ?? `up to ${MAX_LEVEL}`} was expected`,
    );
  }
  const entries = file.block(address + PREFIX_BYTES, count * (kind.keyBytes + ADDRESS_BYTES), "a tree");
  for (let entry = 0; entry < count; entry++) {
    const [key, child] = [entries.part(kind.keyBytes), entries.u64()];
    if (level === 0) visit(key, child);
    else walkTree(file, child, kind, visit, level - 1);
  }
}

/** The names in a group and the addresses of the objects that they stand for. */
import type { Block, FileBytes } from "./file-bytes.ts";
import { readIndexRecords } from "./btree-v2.ts";
import { FractalHeap } from "./fractal-heap.ts";
import { Hdf5Error } from "./hdf5-error.ts";
import type { Message } from "./object-header.ts";
import { MESSAGE } from "./object-header.ts";
import { readSymbolTable } from "./symbol-table.ts";

export interface Link {
  readonly name: string;
  /** Undefined for links to names and to other files, which are never followed. */
  readonly address: number | undefined;
}

const TYPE_FLAG = 0x08;
const ORDER_FLAG = 0x04;
const CHARSET_FLAG = 0x10;
const WIDTH_FLAGS = 0x03;
const HARD_LINK = 0;
const HASH_BYTES = 4;

/** The links of a group; undefined when the header is not that of a group. */
export function readLinks(file: FileBytes, messages: readonly Message[]): readonly Link[] | undefined {
  const table = messages.find(({ type }) => type === MESSAGE.symbolTable);
  if (table !== undefined) return readSymbolTable(file, table.body.u64(), table.body.u64());
  const info = messages.find(({ type }) => type === MESSAGE.linkInfo);
  const inHeader = messages.filter(({ type }) => type === MESSAGE.link).map(({ body }) => readLink(body));
  if (info === undefined) return inHeader.length > 0 ? inHeader : undefined;
  return [...inHeader, ...readDenseLinks(file, info.body)];
}

/** Groups with many names keep them in a heap, and an index of the heap. IV.A.2.c "The Link Info Message". */
function readDenseLinks(file: FileBytes, info: Block): readonly Link[] {
  info.version(0);
  if ((info.u8() & 1) !== 0) info.skip(8);
  const [heapAddress, indexAddress] = [info.address(), info.address()];
  if (heapAddress === undefined || indexAddress === undefined) return [];
  const heap = new FractalHeap(file, heapAddress);
  return readIndexRecords(file, indexAddress).map((record) => {
    record.skip(HASH_BYTES);
    return readLink(heap.object(record));
  });
}

/** IV.A.2.g "The Link Message". */
function readLink(body: Block): Link {
  body.version(1);
  const flags = body.u8();
  const type = (flags & TYPE_FLAG) === 0 ? HARD_LINK : body.u8();
  if ((flags & ORDER_FLAG) !== 0) body.skip(8);
  if ((flags & CHARSET_FLAG) !== 0) body.skip(1);
  const name = body.text(body.unsigned(2 ** (flags & WIDTH_FLAGS)));
  if (name === "") throw new Hdf5Error("a group holds an object without a name");
  return { name, address: type === HARD_LINK ? body.u64() : undefined };
}

/** Small values beside a group or a dataset. Source: HDF5 File Format Specification 3.0, IV.A.2.m and IV.A.2.v. */
import { readIndexRecords } from "./btree-v2.ts";
import { countOf, readDataspace } from "./dataspace.ts";
import { describeElementType, readElementType } from "./element-type.ts";
import type { ElementType } from "./element-type.ts";
import type { Block, FileBytes } from "./file-bytes.ts";
import { decodeText } from "./file-bytes.ts";
import { FractalHeap } from "./fractal-heap.ts";
import type { GlobalHeaps } from "./global-heap.ts";
import { Hdf5Error } from "./hdf5-error.ts";
import type { Message } from "./object-header.ts";
import { MESSAGE } from "./object-header.ts";

/** Texts, in their order; undefined for attributes of another type, which nothing here needs. */
export type AttributeTexts = readonly string[] | undefined;

/** The attributes of an object that hold text, by name. */
export function readAttributes(
  file: FileBytes,
  heaps: GlobalHeaps,
  messages: readonly Message[],
): ReadonlyMap<string, AttributeTexts> {
  const bodies = messages.filter(({ type }) => type === MESSAGE.attribute).map(({ body }) => body);
  const info = messages.find(({ type }) => type === MESSAGE.attributeInfo);
  if (info !== undefined) bodies.push(...readDenseAttributes(file, info.body));
  return new Map(bodies.map((body) => readAttribute(body, heaps)));
}

function readDenseAttributes(file: FileBytes, info: Block): readonly Block[] {
  info.version(0);
  if ((info.u8() & 1) !== 0) info.skip(2);
  const [heapAddress, indexAddress] = [info.address(), info.address()];
  if (heapAddress === undefined || indexAddress === undefined) return [];
  const heap = new FractalHeap(file, heapAddress);
  return readIndexRecords(file, indexAddress).map((record) => heap.object(record));
}

function readAttribute(body: Block, heaps: GlobalHeaps): [string, AttributeTexts] {
  const version = body.version(1, 2, 3);
  const flags = body.u8();
  if (version > 1 && (flags & 3) !== 0)
    throw new Hdf5Error("an attribute shares its type with others; it cannot be read");
  const [nameSize, typeSize, spaceSize] = [body.u16(), body.u16(), body.u16()];
  if (version === 3) body.skip(1);
  // The first version fills each part up to a multiple of 8 bytes.
  const part = (size: number): Block => {
    const block = body.part(size);
    if (version === 1) body.align8();
    return block;
  };
  const name = part(nameSize).text(nameSize);
  const type = readElementType(part(typeSize));
  const shape = readDataspace(part(spaceSize));
  return [name, shape === undefined ? undefined : readTexts(body, type, countOf(shape), heaps)];
}

function readTexts(body: Block, type: ElementType, count: number, heaps: GlobalHeaps): AttributeTexts {
  if (type.kind !== "text" && type.kind !== "longText") return undefined;
  if (count * type.size > body.left || type.size === 0) {
    throw new Hdf5Error(`an attribute declares ${count} values of ${describeElementType(type)} and does not hold them`);
  }
  return Array.from({ length: count }, () => {
    const value = body.part(type.size);
    if (type.kind === "text") return value.text(type.size);
    const [length, address, index] = [value.u32(), value.address(), value.u32()];
    if (length === 0 || address === undefined) return "";
    return decodeText(heaps.object(address, index).subarray(0, length)).replace(/\0.*$/su, "");
  });
}

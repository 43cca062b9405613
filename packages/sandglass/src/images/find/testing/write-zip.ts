/** Zip archives for tests, well made and otherwise: every field can be a lie. */
import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  readonly name: string;
  readonly data?: Uint8Array | string;
  /** 0 stores, 8 deflates (the default); others leave the bytes as they are. */
  readonly method?: number;
  readonly flags?: number;
  /** What the directory says of the size when unpacked, if not the truth. */
  readonly declaredBytes?: number;
  readonly declaredCrc32?: number;
  /** Where the directory says that the entry begins, in Zip64's fields. */
  readonly declaredOffset?: number;
}

export interface ZipOptions {
  /** Where the archive begins in its file. From 4 GiB on everything must be in the fields of Zip64; so may it be before. */
  readonly start?: number;
  readonly zip64?: boolean;
}

const utf8Names = 0x800;
/** Says of a field that Zip64 has the number. */
const full = u32(0xffffffff);

/** The bytes of an archive (APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16). */
export function writeZip(entries: readonly ZipEntry[], { start = 0, zip64 = false }: ZipOptions = {}): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = start;
  for (const entry of entries) {
    const { method = 8, flags = utf8Names } = entry;
    const data = Buffer.from(entry.data ?? "");
    const packed = method === 8 ? deflateRawSync(data) : data;
    const name = Buffer.from(entry.name);
    const { declaredBytes = data.length, declaredCrc32 = crc32(data) } = entry;
    const shared = [u16(flags), u16(method), u32(0), u32(declaredCrc32)];
    const sizes = [u32(packed.length), u32(declaredBytes)];
    const local = [u32(0x04034b50), u16(20), ...shared, ...sizes, u16(name.length), u16(0), name, packed];
    const extra = zip64
      ? [u16(1), u16(24), u64(declaredBytes), u64(packed.length), u64(entry.declaredOffset ?? offset)]
      : [];
    const lengths = [u16(name.length), u16(byteLength(extra)), u16(0)];
    const place = [u16(0), u16(0), u32(0), zip64 ? full : u32(offset)];
    directory.push(u32(0x02014b50), u16(20), u16(20), ...shared, ...(zip64 ? [full, full] : sizes));
    directory.push(...lengths, ...place, name, ...extra);
    parts.push(...local);
    offset += byteLength(local);
  }
  const bytes = byteLength(directory);
  const count = entries.length;
  const counts = zip64 ? [u16(0xffff), u16(0xffff), full, full] : [u16(count), u16(count), u32(bytes), u32(offset)];
  const end = [u32(0x06054b50), u16(0), u16(0), ...counts, u16(0)];
  const counts64 = [u32(0), u32(0), u64(count), u64(count), u64(bytes), u64(offset)];
  const record64 = [u32(0x06064b50), u64(44), u16(45), u16(45), ...counts64];
  const locator64 = [u32(0x07064b50), u32(0), u64(offset + bytes), u32(1)];
  const end64 = zip64 ? [...record64, ...locator64] : [];
  return Buffer.concat([...parts, ...directory, ...end64, ...end]);
}

function u16(value: number): Uint8Array {
  return new Uint8Array(Uint16Array.of(value).buffer);
}

function u32(value: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(value).buffer);
}

function u64(value: number): Uint8Array {
  return new Uint8Array(BigUint64Array.of(BigInt(value)).buffer);
}

function byteLength(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

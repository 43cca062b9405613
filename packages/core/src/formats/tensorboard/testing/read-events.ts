/** Reads event files back, checksums included, with code of its own: a second opinion on what is written. */
import { unzlibSync } from "fflate";
import { crc32c } from "../../crc32c.ts";
import { crc32 } from "../../zip/crc32.ts";
import { decodeMessage } from "../../protobuf/message.ts";
import { eventMessage } from "../messages.ts";
import type { EventMessage } from "../messages.ts";

/** The events of a file. */
export function readEvents(file: Uint8Array): EventMessage[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const events: EventMessage[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(view.getBigUint64(at, true));
    check(view.getUint32(at + 8, true), file.subarray(at, at + 8));
    const data = file.subarray(at + 12, at + 12 + length);
    check(view.getUint32(at + 12 + length, true), data);
    events.push(decodeMessage(eventMessage, data));
    at += 16 + length;
  }
  return events;
}

/** Undoes the mask: less the constant, then turned the other way. */
function check(masked: number, data: Uint8Array): void {
  const turned = (masked - 0xa282ead8) >>> 0;
  const crc = ((turned >>> 17) | (turned << 15)) >>> 0;
  if (crc !== crc32c(data)) throw new Error("a checksum of the event file is wrong");
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** The pixels of a PNG of 8 bits without filters, its checksums checked. */
export function readPng(file: Uint8Array): { readonly shape: readonly number[]; readonly values: readonly number[] } {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < file.length;) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 8 + length) !== crc32(file.subarray(at + 4, at + 8 + length))) {
      throw new Error("a checksum of the PNG is wrong");
    }
    chunks.set(new TextDecoder().decode(file.subarray(at + 4, at + 8)), file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const header = chunks.get("IHDR")!;
  const sizes = new DataView(header.buffer, header.byteOffset);
  const [width, height, channels] = [sizes.getUint32(0), sizes.getUint32(4), CHANNELS[header[9]!]!];
  const rows = unzlibSync(chunks.get("IDAT")!);
  const rowBytes = 1 + width * channels;
  if (rows.length !== height * rowBytes) throw new Error("the PNG has not as many bytes as its size asks for");
  return { shape: [height, width, channels], values: [...rows].filter((_, index) => index % rowBytes !== 0) };
}

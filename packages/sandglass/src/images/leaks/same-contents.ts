/**
 * Which files are the same to the byte, in three steps, each for those that the one before could not tell apart: by their lengths (and the checksums
 * that archives have), by a block from their middle, by the whole of them. Files that are no longer than a block are read once, most of the others never.
 */
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { withReader } from "../decode/image-input.ts";
import type { EntryReader, ImageEntry } from "../find/index.ts";
import { mapInFlight } from "../in-flight.ts";

/** Where equally long files differ at all, they differ in their middle: beginnings are headers, and ends may be padding. */
const BLOCK = 2 ** 16;

/** Reading small files is mostly waiting. */
const IN_FLIGHT = 16;

/**
 * A key for each file, the same for the same bytes and for no others. Files that cannot be read are like no other.
 *
 * @throws the reason of the signal.
 */
export async function contentKeys(
  entries: readonly ImageEntry[],
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<readonly string[]> {
  const lengths = entries.map(lengthKey);
  return withReader(async (reader) => {
    const refine = async (
      keys: readonly string[],
      tell: (entry: ImageEntry, reader: EntryReader) => Promise<string | undefined>,
    ): Promise<readonly string[]> => {
      const counts = new Map<string, number>();
      for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
      const isAlone = (key: string): boolean => counts.get(key) === 1;
      const told = async (entry: ImageEntry, index: number): Promise<string> => {
        const key = keys[index] as string;
        if (isAlone(key)) return key;
        const more = await tell(entry, reader).catch(() => `unreadable ${index}`);
        return more === undefined ? key : `${key} ${more}`;
      };
      return mapInFlight(entries, IN_FLIGHT, told, signal);
    };
    return refine(await refine(lengths, blockKey), wholeKey);
  });
}

function lengthKey({ bytes, location }: ImageEntry): string {
  return location.kind === "zip" ? `${bytes} ${location.crc32}` : String(bytes);
}

/** An archive has to be unpacked from an image's beginning on, and its checksum says as much as a block. */
async function blockKey({ bytes, location }: ImageEntry): Promise<string | undefined> {
  if (location.kind === "zip") return undefined;
  const file = await open(location.path);
  try {
    const position = Math.max(0, Math.floor((bytes - BLOCK) / 2));
    const block = new Uint8Array(Math.min(BLOCK, bytes));
    const { bytesRead } = await file.read(block, 0, block.length, position);
    return hashOf(block.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

async function wholeKey(entry: ImageEntry, reader: EntryReader): Promise<string | undefined> {
  const isRead = entry.location.kind === "file" && entry.bytes <= BLOCK;
  return isRead ? undefined : hashOf(await reader.read(entry));
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64");
}

import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { imageFolders } from "../decode/testing/image-files.ts";
import { findImages, type ImageEntry } from "../find/index.ts";
import { writeZip } from "../find/testing/write-zip.ts";
import { contentKeys } from "./same-contents.ts";

const newFolder = imageFolders();

/** Bytes that begin and end alike, whatever the seed. */
function bytesOf(length: number, seed: number, at = Math.floor(length / 2)): Uint8Array {
  const bytes = Uint8Array.from({ length }, (_, place) => (place * 31) & 255);
  bytes[at] = seed;
  return bytes;
}

/** Which entries have the same key, by name. */
async function groupsOf(entries: readonly ImageEntry[]): Promise<readonly string[]> {
  const keys = await contentKeys(entries);
  const groups = Map.groupBy(entries.keys(), (index) => keys[index]);
  return [...groups.values()].map((indices) => indices.map((index) => entries[index]?.name).join(" "));
}

test("files are the same when all of their bytes are, however long they are", async () => {
  const files = newFolder();
  const large = 300_000;
  const entries = [
    files.write("a", bytesOf(500, 1)),
    files.write("b", bytesOf(500, 2)),
    files.write("c", bytesOf(500, 1)),
    files.write("d", bytesOf(501, 1)),
    files.write("e", bytesOf(large, 1)),
    files.write("f", bytesOf(large, 2)),
    files.write("g", bytesOf(large, 1)),
    // The blocks in the middle are the same, and the whole is not.
    files.write("h", bytesOf(large, 1, 7)),
    files.write("i", bytesOf(large, 2, 7)),
    files.write("j", bytesOf(large, 2, 7)),
  ];
  expect(await groupsOf(entries)).toEqual(["a c", "b", "d", "e g", "f", "h", "i j"]);
});

test("files in archives are the same as files outside, and their checksums alone prove nothing", async () => {
  const files = newFolder();
  const { location } = files.write(
    "x.zip",
    writeZip([
      { name: "a.png", data: bytesOf(500, 1) },
      { name: "b.png", data: bytesOf(500, 1) },
      { name: "c.png", data: bytesOf(500, 2) },
      { name: "d.png", data: bytesOf(500, 3) },
    ]),
  );
  if (location.kind !== "file") throw new Error("an archive is a file");
  const { entries } = await findImages(location.path);
  expect(await groupsOf(entries)).toEqual(["a.png b.png", "c.png", "d.png"]);
  const liars = entries.map((entry) => ({ ...entry, location: { ...entry.location, crc32: 7 } }) as ImageEntry);
  // A checksum that does not fit is damage, and damaged files are like no other.
  expect(await groupsOf(liars)).toEqual(["a.png", "b.png", "c.png", "d.png"]);
});

test("files that cannot be read are like no other", async () => {
  const files = newFolder();
  const entries = ["a", "b", "c", "d"].map((name) => files.write(name, bytesOf(70_000, 1)));
  for (const { location } of entries.slice(0, 2)) if (location.kind === "file") rmSync(location.path);
  expect(await groupsOf(entries)).toEqual(["a", "b", "c d"]);
});

test("reading ends with the signal", async () => {
  const files = newFolder();
  const entries = ["a", "b"].map((name) => files.write(name, bytesOf(90, 1)));
  await expect(contentKeys(entries, { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
});

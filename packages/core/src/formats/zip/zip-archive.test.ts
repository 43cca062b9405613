import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { openZip as openZipBy, writeZip, type ZipArchive } from "./zip-archive.ts";

class FormatError extends Error {}

const openZip = (bytes: Uint8Array): ZipArchive =>
  openZipBy(bytes, {
    error: (message) => new FormatError(message),
    expected: "which this format is",
    content: "numbers",
    maxExpansion: 8,
    freeBytes: 2 ** 20,
  });

const hello = new TextEncoder().encode("hello hello hello hello hello");
const numbers = Uint8Array.from({ length: 5000 }, (_, index) => (index * index) % 251);

/** Where an entry's fields stand in the directory of a zip with one entry. */
function directoryOf(zip: Uint8Array): DataView {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  return new DataView(zip.buffer, zip.byteOffset + view.getUint32(zip.length - 6, true));
}

describe("writing", () => {
  test("stores entries as they are, readable again", () => {
    const zip = openZip(writeZip({ "a.txt": hello, "b.bin": numbers }));
    expect(zip.names).toEqual(["a.txt", "b.bin"]);
    expect(zip.read("a.txt")).toEqual(hello);
    expect(zip.read("b.bin")).toEqual(numbers);
  });

  test("gives the same bytes whatever the time", () => {
    const zip = writeZip({ "a.txt": hello });
    expect(writeZip({ "a.txt": hello })).toEqual(zip);
    // MS-DOS date 1980-01-01, time 00:00.
    expect(directoryOf(zip).getUint32(12, true)).toBe(0x00210000);
  });
});

describe("reading", () => {
  test("inflates compressed entries, and finds the directory before a comment", () => {
    const zip = zipSync({ "b.bin": [numbers, { comment: "c" }] }, { level: 9 });
    expect(openZip(zip).read("b.bin")).toEqual(numbers);
    const withComment = new Uint8Array(zip.length + 3);
    withComment.set(zip);
    withComment[zip.length - 2] = 3;
    expect(openZip(withComment).read("b.bin")).toEqual(numbers);
  });

  test("gives the start of an entry without the rest, however it is compressed", () => {
    const noise = Uint8Array.from({ length: 80_000 }, (_, index) => Math.imul(index + 1, 0x9e3779b1) >>> 24);
    for (const level of [0, 9] as const) {
      const zip = zipSync({ "b.bin": noise, "a.txt": hello }, { level });
      expect(openZip(zip).readStart("b.bin", 100)).toEqual(noise.subarray(0, 100));
      expect(openZip(zip).readStart("b.bin", 60_000)).toEqual(noise.subarray(0, 60_000));
      expect(openZip(zip).readStart("a.txt", 100)).toEqual(hello);
      expect(() => openZip(zip).readStart("c", 100)).toThrow('the zip has no "c"');
    }
    const damaged = zipSync({ "b.bin": noise }, { level: 9 }).fill(255, 35, 60);
    expect(() => openZip(damaged).readStart("b.bin", 100)).toThrow('"b.bin" cannot be decompressed');
  });

  test("names what is there when an entry is missing", () => {
    expect(() => openZip(writeZip({ "a.txt": hello })).read("b")).toThrow('the zip has no "b"; it has a.txt');
  });

  test("refuses what is no zip, and says so of a cut-off one", () => {
    expect(() => openZip(new Uint8Array(0))).toThrow(
      new FormatError("the 0 bytes are not a zip file, which this format is"),
    );
    expect(() => openZip(numbers)).toThrow("the 5000 bytes are not a zip file");
    const zip = writeZip({ "b.bin": numbers });
    expect(() => openZip(zip.slice(0, 3000))).toThrow("no end record, so it was cut short");
  });

  test.each([0, 9] as const)("notices every changed byte of the content (compression level %i)", (level) => {
    const zip = zipSync({ "b.bin": numbers }, { level });
    const start = 30 + "b.bin".length;
    for (let at = start; at < start + 40; at++) {
      const damaged = zip.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      expect(() => openZip(damaged).read("b.bin"), `byte ${at}`).toThrow(/damaged.*"b\.bin"/u);
    }
  });

  test("refuses sizes that cannot be true before taking memory for them", () => {
    const zip = zipSync({ "b.bin": numbers }, { level: 9 });
    directoryOf(zip).setUint32(24, 0xf0000000, true);
    expect(() => openZip(zip).read("b.bin")).toThrow(/declares 4026531840 bytes out of \d+ compressed ones/u);

    const stored = writeZip({ "b.bin": numbers });
    directoryOf(stored).setUint32(24, 6000, true);
    expect(() => openZip(stored).read("b.bin")).toThrow("in 5000 bytes, but declares 6000");

    const beyond = writeZip({ "b.bin": numbers });
    directoryOf(beyond).setUint32(20, 500_000, true);
    directoryOf(beyond).setUint32(24, 500_000, true);
    expect(() => openZip(beyond).read("b.bin")).toThrow('"b.bin" goes beyond the end of the file');
  });

  test("refuses entries that expand together to what none does alone", () => {
    const once = zipSync({ "0": new Uint8Array(2 ** 20) }, { level: 9 });
    const directory = once.subarray(-22 - 46 - 1, -22);
    const copies = Array.from({ length: 60 }, (_, index) => {
      const entry = directory.slice();
      entry[46] = 48 + index;
      return entry;
    });
    const zip = Buffer.concat([once.subarray(0, -22 - 46 - 1), ...copies, once.subarray(-22)]);
    zip.writeUInt16LE(60, zip.length - 12);
    expect(openZip(once).read("0")).toHaveLength(2 ** 20);
    expect(() => openZip(zip)).toThrow("the zip declares 62914560 bytes out of");
  });

  test("refuses two entries of one name", () => {
    const zip = writeZip({ "a.txt": hello, "b.txt": numbers });
    zip[zip.length - 22 - 5] = "a".charCodeAt(0);
    expect(() => openZip(zip)).toThrow(
      new FormatError('the zip has two entries "a.txt"; write it again, each name once'),
    );
  });

  test("notices an output of another size than declared", () => {
    for (const declared of [4000, 6000]) {
      const zip = zipSync({ "b.bin": numbers }, { level: 9 });
      directoryOf(zip).setUint32(24, declared, true);
      expect(() => openZip(zip).read("b.bin")).toThrow(/the zip is damaged/u);
    }
  });

  test("refuses encryption, other methods, zip64 and a broken directory", () => {
    const change = (offset: number, value: number): Uint8Array => {
      const zip = writeZip({ "a.txt": hello });
      directoryOf(zip).setUint16(offset, value, true);
      return zip;
    };
    expect(() => openZip(change(8, 1)).read("a.txt")).toThrow("is encrypted");
    expect(() => openZip(change(10, 12)).read("a.txt")).toThrow("compressed by method 12");
    expect(() => openZip(change(0, 0))).toThrow("its directory breaks off at entry 1 of 1");
    expect(() => openZip(change(42, 5)).read("a.txt")).toThrow("is not where the directory says");
    const zip64 = writeZip({ "a.txt": hello });
    new DataView(zip64.buffer).setUint32(zip64.length - 6, 0xffffffff, true);
    expect(() => openZip(zip64)).toThrow("zip64");
  });
});

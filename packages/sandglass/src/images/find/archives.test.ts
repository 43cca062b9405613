import { open, readdir, readlink, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolders } from "../../cli/testing/temporary-folder.ts";
import { UserError } from "../../errors.ts";
import { EntryReader, findImages, type ImageCollection } from "./index.ts";
import { writeZip, type ZipEntry } from "./testing/write-zip.ts";

const newFolder = temporaryFolders();

async function archiveOf(bytes: Uint8Array): Promise<string> {
  const path = join(newFolder(), "set.zip");
  await writeFile(path, bytes);
  return path;
}

async function findIn(entries: readonly ZipEntry[]): Promise<ImageCollection> {
  return findImages(await archiveOf(writeZip(entries)));
}

const pattern = Uint8Array.from({ length: 5000 }, (_, index) => (index * index) % 251);

test("entries are read in any order, several at once", async () => {
  const folder = newFolder();
  await writeFile(join(folder, "file.png"), pattern);
  const zip = await archiveOf(
    writeZip([
      { name: "deflated.png", data: pattern },
      { name: "stored.png", data: pattern.subarray(1), method: 0 },
      { name: "empty.png" },
      { name: "grün/ü.png", data: "umlaut" },
    ]),
  );
  const reader = new EntryReader();
  const { entries } = await findImages([join(folder, "file.png"), zip]);
  const read = await Promise.all(entries.toReversed().map((entry) => reader.read(entry)));
  const bytes = new Map(entries.toReversed().map(({ name }, index) => [name, read[index]]));
  expect(bytes).toEqual(
    new Map([
      ["set/stored.png", pattern.subarray(1)],
      ["set/grün/ü.png", new TextEncoder().encode("umlaut")],
      ["set/empty.png", new Uint8Array(0)],
      ["set/deflated.png", pattern],
      ["file.png", pattern],
    ]),
  );
  // Plain bytes, which can be compared and sent to a thread, and no more memory behind them than they need.
  for (const one of read)
    expect([one.constructor, one.buffer.byteLength <= 2 * one.length + 64]).toEqual([Uint8Array, true]);
  await reader.close();
  await reader.close();
  await expect(reader.read(entries[0] ?? { location: { kind: "file", path: "" } })).rejects.toThrow(/closed/);
});

test.skipIf(process.platform !== "linux")("a closed reader holds no archive open (asks Linux)", async () => {
  const { entries } = await findIn([{ name: "a.png", data: pattern }]);
  const isOpen = async (): Promise<boolean> => {
    const descriptors = await readdir("/proc/self/fd");
    const paths = descriptors.map((descriptor) => readlink(`/proc/self/fd/${descriptor}`).catch(() => ""));
    return (await Promise.all(paths)).some((path) => path.endsWith("/set.zip"));
  };
  expect(await isOpen()).toBe(false);
  const reader = new EntryReader();
  for (const entry of entries) await reader.read(entry);
  expect(await isOpen()).toBe(true);
  // Closing waits for what is being read.
  const reading = Promise.all(entries.map((entry) => reader.read(entry)));
  await reader.close();
  expect(await reading).toEqual([pattern]);
  expect(await isOpen()).toBe(false);
});

test("Zip64, and entries beyond 4 GiB", async () => {
  const small = await findImages(await archiveOf(writeZip([{ name: "a.png", data: pattern }], { zip64: true })));
  const start = 5 * 2 ** 30;
  const path = join(newFolder(), "large.zip");
  const file = await open(path, "w");
  // A hole: the file takes a few blocks of the disk.
  await file.write(writeZip([{ name: "b.png", data: pattern }], { start, zip64: true }), 0, null, start);
  await file.close();
  const large = await findImages(path);
  const reader = new EntryReader();
  for (const { entries } of [small, large]) {
    for (const entry of entries) expect(await reader.read(entry)).toEqual(pattern);
  }
  expect(large.entries.map(({ location }) => "offset" in location && location.offset)).toEqual([start]);
  await reader.close();
});

test("names that would leave the archive, and images that cannot be unpacked, are left out", async () => {
  const { entries, notes } = await findIn([
    { name: "good.png", data: pattern },
    { name: "../up.png" },
    { name: "/etc/root.png" },
    { name: "C:/windows.png" },
    { name: "secret.png", flags: 0x801 },
    { name: "deflate64.png", method: 9 },
    { name: "bomb.png", declaredBytes: 2 ** 28 + 1 },
    { name: "__MACOSX/._good.png" },
    { name: ".cache/x.png" },
  ]);
  expect(entries.map(({ name }) => name)).toEqual(["good.png"]);
  expect(notes).toEqual([
    "3 images in set.zip left out, whose paths lead out of the archive: ../up.png, /etc/root.png, C:/windows.png",
    "1 image in set.zip left out, which are encrypted (unpack the archive with its password, and give the folder): secret.png",
    "1 image in set.zip left out, packed in a way that cannot be read (pack them again as an ordinary zip archive): deflate64.png",
    "1 image in set.zip left out, larger than 256 MiB each when unpacked: bomb.png",
  ]);
  await expect(findIn([{ name: "secret.png", flags: 0x801 }])).rejects.toThrow(
    /there is no image in .*set\.zip[^]*encrypted/,
  );
});

test("names are UTF-8 even where the archive does not say so, and otherwise of the first PC", async () => {
  const { entries } = await findIn([
    { name: "grün.png", flags: 0 },
    { name: "windows\\path.png", flags: 0 },
  ]);
  expect(entries.map(({ name }) => name)).toEqual(["grün.png", "windows/path.png"]);
  const bytes = writeZip([{ name: "gr_n.png", flags: 0 }]).map((byte) => (byte === 0x5f ? 0x81 : byte));
  expect((await findImages(await archiveOf(bytes))).entries.map(({ name }) => name)).toEqual(["grün.png"]);
});

test("backslashes part folders, as old tools of Windows pack them, whatever the encoding of their names", async () => {
  const { entries, classNames, notes } = await findIn([
    { name: "cats\\1.png" },
    { name: "dogs\\2.png", flags: 0 },
    { name: "dogs\\ü.png", data: pattern },
    { name: "..\\up.png" },
  ]);
  expect(entries.map(({ name }) => name)).toEqual(["cats/1.png", "dogs/2.png", "dogs/ü.png"]);
  expect(classNames).toEqual(["cats", "dogs"]);
  expect(notes).toEqual(["1 image in set.zip left out, whose paths lead out of the archive: ../up.png"]);
  const reader = new EntryReader();
  expect(await reader.read(entries[2]!)).toEqual(pattern);
  await reader.close();
});

test("of entries of one name the last counts", async () => {
  const { entries } = await findIn([
    { name: "a.png", data: "first" },
    { name: "a.png", data: "second one" },
  ]);
  expect(entries).toMatchObject([{ name: "a.png", bytes: 10 }]);
});

test.for<[string, Partial<ZipEntry>, RegExp]>([
  ["unpacks to more than it says", { declaredBytes: 100 }, /it unpacks to more than the 100 bytes that it should have/],
  ["unpacks to less", { declaredBytes: 9000 }, /it has 5000 bytes and should have 9000/],
  ["has another checksum", { declaredCrc32: 1 }, /its checksum is wrong/],
  ["is no packed data", { method: 8, data: pattern }, /damaged/],
])("an entry is damaged that %s", async ([what, lie, message]) => {
  const bytes = writeZip([{ name: "a.png", data: pattern, ...lie }]);
  if (what.startsWith("is no")) bytes.fill(0xff, 40, 60);
  const { entries } = await findImages(await archiveOf(bytes));
  const reader = new EntryReader();
  for (const entry of entries) {
    const error = await reader.read(entry).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(/^a\.png in .*set\.zip is damaged: .*copy or download/);
    expect((error as UserError).message).toMatch(message);
  }
  expect(entries).toHaveLength(1);
  await reader.close();
});

test("an archive that was changed or removed since says so", async () => {
  const path = await archiveOf(writeZip([{ name: "a.png", data: pattern }]));
  const { entries } = await findImages(path);
  await writeFile(path, pattern);
  const reader = new EntryReader();
  const [entry] = entries;
  if (entry === undefined) throw new Error("there is no entry");
  await expect(reader.read(entry)).rejects.toThrow(/it is not where the archive's directory says/);
  await reader.close();
  await rm(path);
  await expect(new EntryReader().read(entry)).rejects.toThrow(/there is no file .*set\.zip; check the path/);
});

test.for([2 ** 40, 2 ** 60])("an entry that is said to begin at %i is damaged", async (declaredOffset) => {
  const bytes = writeZip([{ name: "a.png", data: pattern, declaredOffset }], { zip64: true });
  const reader = new EntryReader();
  for (const entry of (await findImages(await archiveOf(bytes))).entries) {
    await expect(reader.read(entry)).rejects.toThrow(UserError);
    await expect(reader.read(entry)).rejects.toThrow(/damaged: it is not where the archive's directory says/);
  }
  await reader.close();
  expect.assertions(2);
});

test.for<[string, Uint8Array]>([
  ["is empty", new Uint8Array(0)],
  ["is no archive", pattern],
  ["is cut short", writeZip([{ name: "a.png", data: pattern }]).subarray(0, -30)],
  ["has lost its beginning", writeZip([{ name: "a.png", data: pattern }]).subarray(60)],
])("an archive that %s is refused", async ([, bytes]) => {
  const error = await findImages(await archiveOf(bytes)).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).message).toMatch(
    /set\.zip is not a zip archive that can be read: .*\nIt may be cut short/,
  );
});

test("an archive of tables or arrays says what to do with it", async () => {
  await expect(findIn([{ name: "orders.csv", data: "a,b" }, { name: "LICENSE" }])).rejects.toThrow(
    /it has .*1 \.csv file.*\nTables and arrays are not read out of archives: unpack it, and name the file or the folder\n/u,
  );
  await expect(findIn([{ name: "LICENSE" }])).rejects.not.toThrow(/archives/u);
});

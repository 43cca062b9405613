import { once } from "node:events";
import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolders } from "../../cli/testing/temporary-folder.ts";
import { UserError } from "../../errors.ts";
import { findImages, type ImageCollection } from "./index.ts";
import { putFiles } from "./testing/put-files.ts";
import { writeZip } from "./testing/write-zip.ts";

const newFolder = temporaryFolders();
const names = ({ entries }: ImageCollection): string[] => entries.map(({ name }) => name);

describe("folders", () => {
  test("give their images by name, and their other files", async () => {
    const folder = newFolder();
    putFiles(folder, ["b.PNG", "a.jpg", "B.jpeg", "ä.webp", "with space.gif", ["c.tif", new Uint8Array(7)]]);
    putFiles(folder, [".DS_Store", "._a.jpg", "Thumbs.db", "README", ".git/x.png", "__MACOSX/y.png"]);
    const found = await findImages(folder);
    expect(found).toMatchObject({ name: basename(folder), source: folder, classNames: [], notes: [] });
    expect(names(found)).toEqual(["B.jpeg", "a.jpg", "b.PNG", "c.tif", "with space.gif", "ä.webp"]);
    expect(found.entries[3]).toEqual({
      name: "c.tif",
      location: { kind: "file", path: join(folder, "c.tif") },
      bytes: 7,
    });
    expect(found.otherFiles).toEqual([".DS_Store", "._a.jpg", "README", "Thumbs.db"]);
  });

  test("with splits and classes", async () => {
    const folder = putFiles(newFolder(), [
      "set/train/no/a.png",
      "set/train/yes/b.png",
      "set/test/yes/deep/c.png",
      "set/val/",
    ]);
    const found = await findImages(join(folder, "set"));
    expect(found.entries.map(({ name, split, className }) => [name, split, className])).toEqual([
      ["test/yes/deep/c.png", "test", "yes"],
      ["train/no/a.png", "train", "no"],
      ["train/yes/b.png", "train", "yes"],
    ]);
    expect(found.classNames).toEqual(["no", "yes"]);
    expect(found.notes).toEqual([
      "the folder val has no image, so there is no such split",
      "the split test has no image of 1 class: no",
    ]);
  });

  test("name what cannot be read, and what may be masks", async () => {
    const folder = putFiles(newFolder(), ["a.png", "a.jpg", "b.bmp", "c.HEIC", "d.heic", "more.zip"]);
    expect((await findImages(folder)).notes).toEqual([
      "2 .heic files left out: HEIC cannot be read: convert the files to JPEG (phones and their photo programs export it)",
      "1 .bmp file left out: BMP cannot be read: convert the files to PNG",
      "1 .zip file left out: archives within a folder are not opened: give the archive itself",
      "1 image having others of the same name beside them (a.jpg and .png): if these are masks, take only the images, " +
        'with a pattern such as "**/*.jpg"',
    ]);
  });

  test("spell names composed, and keep both spellings where the disk has both", async () => {
    const folder = newFolder();
    putFiles(folder, ["gru\u0308n/1.png", "rot/e\u0301.png"]);
    const found = await findImages(folder);
    expect(names(found)).toEqual(["gr\u00fcn/1.png", "rot/\u00e9.png"]);
    expect(found.classNames).toEqual(["gr\u00fcn", "rot"]);
    putFiles(folder, ["gr\u00fcn/1.png"]);
    const both = await findImages(folder);
    // Disks that take the two for one file (macOS) still have two images.
    expect(new Set(names(both)).size).toBe(both.entries.length);
    expect(both.classNames).toEqual(["gr\u00fcn", "rot"]);
  });

  test("have hundreds of files, and folders deep within folders", async () => {
    const folder = newFolder();
    const deep = Array.from({ length: 200 }, () => "d").join("/");
    putFiles(folder, [`wide/${deep}/x.png`, "wide/y.png", "other/z.png"]);
    for (let index = 0; index < 600; index++) writeFileSync(join(folder, "wide", `${index}.png`), "");
    const { entries } = await findImages(folder);
    expect(entries).toHaveLength(603);
    expect(entries.filter(({ className }) => className === "wide")).toHaveLength(602);
  });

  test("stop when they are told to", async () => {
    const folder = putFiles(newFolder(), ["a.png"]);
    await expect(findImages(folder, { signal: AbortSignal.abort() })).rejects.toThrow("aborted");
  });
});

describe("links", () => {
  test("to files and folders are followed, each folder once, and loops end", async () => {
    const outside = putFiles(newFolder(), ["x.png", "within/y.png"]);
    symlinkSync(outside, join(outside, "within", "around"));
    const folder = putFiles(newFolder(), ["cat/1.png", "dog/2.png"]);
    symlinkSync(join(folder, "cat", "1.png"), join(folder, "dog", "link.png"));
    symlinkSync("..", join(folder, "cat", "up"));
    symlinkSync("../..", join(folder, "cat", "further-up"));
    symlinkSync("loop", join(folder, "loop"));
    symlinkSync("nowhere.png", join(folder, "lost.png"));
    symlinkSync(outside, join(folder, "bird"));
    symlinkSync(join(folder, "cat"), join(folder, "same"));
    const found = await findImages(folder);
    expect(names(found)).toEqual(["bird/within/y.png", "bird/x.png", "cat/1.png", "dog/2.png", "dog/link.png"]);
    expect(found.classNames).toEqual(["bird", "cat", "dog"]);
    expect(found.notes).toEqual([
      "2 links lead nowhere: loop, lost.png",
      "4 links to folders read already are left out: bird/within/around, cat/further-up, cat/up, …",
    ]);
  });

  test("may be the source", async () => {
    const folder = putFiles(newFolder(), ["real/a.png"]);
    symlinkSync("real", join(folder, "link"));
    symlinkSync("real/a.png", join(folder, "b.png"));
    expect(await findImages(join(folder, "link"))).toMatchObject({ name: "link", entries: [{ name: "a.png" }] });
    expect(names(await findImages(join(folder, "b.png")))).toEqual(["b.png"]);
  });
});

// The administrator may read everything, so what stands for somebody else is the user "nobody".
const nobody = 65534;
test.skipIf(process.platform === "win32")("folders without permission are named (skipped on Windows)", async () => {
  const folder = putFiles(newFolder(), ["cat/1.png", "dog/2.png", "locked/3.png", "none/"]);
  for (const path of [join(folder, "locked"), join(folder, "none")]) chmodSync(path, 0);
  for (const path of [folder, join(folder, "..")]) chmodSync(path, 0o755);
  const isAdministrator = process.geteuid?.() === 0;
  if (isAdministrator) process.seteuid?.(nobody);
  try {
    const found = await findImages(folder);
    expect(names(found)).toEqual(["cat/1.png", "dog/2.png"]);
    expect(found.notes).toEqual([
      "2 folders could not be read and are left out: locked (no permission), none (no permission)",
    ]);
    await expect(findImages(join(folder, "locked"))).rejects.toThrow(/there is no permission to use .*locked/);
  } finally {
    if (isAdministrator) process.seteuid?.(0);
    for (const path of [join(folder, "locked"), join(folder, "none")]) chmodSync(path, 0o755);
  }
});

describe("patterns", () => {
  const files = ["a.jpg", "b.png", "cat/c.jpg", "cat/d.JPG", "dog/e.jpg", "dog/f.txt", "dog/old/g.jpg", ".h.jpg"];
  test.for<[string, string[]]>([
    ["*.jpg", ["a.jpg"]],
    ["**/*.jpg", ["a.jpg", "cat/c.jpg", "dog/e.jpg", "dog/old/g.jpg"]],
    ["*/*.jpg", ["cat/c.jpg", "dog/e.jpg"]],
    ["dog/**", ["e.jpg", "old/g.jpg"]],
    ["{cat,dog}/?.{jpg,JPG}", ["cat/c.jpg", "cat/d.JPG", "dog/e.jpg"]],
    ["{dog/old,cat}/*.jpg", ["cat/c.jpg", "dog/old/g.jpg"]],
    ["[ab].*", ["a.jpg", "b.png"]],
  ])("%s", async ([pattern, expected]) => {
    const folder = putFiles(newFolder(), files);
    expect(names(await findImages(join(folder, pattern)))).toEqual(expected);
  });

  test("may lie in folders with the signs of patterns in their names", async () => {
    const folder = putFiles(newFolder(), ["set [1]/cat/a.png", "set [1]/dog/b.png", "set [1]/dog/c.txt"]);
    const found = await findImages(`${folder}/set [1]/*/*.png`);
    expect(found).toMatchObject({ name: "set [1]", classNames: ["cat", "dog"], otherFiles: [] });
    expect(names(await findImages(`${folder}/set [1]`))).toEqual(["cat/a.png", "dog/b.png"]);
    expect(names(await findImages(`${folder}/set ?1]/dog/*`))).toEqual(["b.png"]);
  });

  test("follow links in the middle", async () => {
    const folder = putFiles(newFolder(), ["real/a.png"]);
    const other = newFolder();
    symlinkSync(join(folder, "real"), join(other, "cat"));
    expect(names(await findImages(`${other}/*/*.png`))).toEqual(["a.png"]);
  });

  test("that match nothing say what there is", async () => {
    const folder = putFiles(newFolder(), ["x/a.JPG", "x/b.JPG", "c.txt"]);
    await expect(findImages(`${folder}/**/*.jpg`)).rejects.toThrow(
      /no file matches the pattern .*; .* has 2 \.jpg files, 1 \.txt file, such as x\/a\.JPG\nPatterns tell small letters from capitals/,
    );
    await expect(findImages(`${folder}/nope/*.jpg`)).rejects.toThrow(
      /there is no folder .*nope .*in which the pattern/,
    );
  });
});

describe("several sources", () => {
  test("are as the folders of one", async () => {
    const folder = putFiles(newFolder(), ["cat/1.png", "dog/2.png", "read.me", "none/"]);
    const found = await findImages(["cat", "dog", "read.me", "none"].map((name) => join(folder, name)));
    expect(found).toMatchObject({ name: "cat, dog", classNames: ["cat", "dog"], otherFiles: ["read.me"] });
    expect(names(found)).toEqual(["cat/1.png", "dog/2.png"]);
    expect(found.notes).toEqual(["none has no image"]);
  });

  test("may be splits", async () => {
    const folder = putFiles(newFolder(), ["train/cat/1.png", "train/dog/2.png", "test/cat/3.png", "test/dog/4.png"]);
    const { entries, notes } = await findImages([join(folder, "train"), join(folder, "test")]);
    expect(entries.map(({ split, className }) => `${split} ${className}`)).toEqual([
      "test cat",
      "test dog",
      "train cat",
      "train dog",
    ]);
    expect(notes).toEqual([]);
  });

  test("keep the classes and splits of their own", async () => {
    const folder = putFiles(newFolder(), [
      "a/photos/cat/1.png",
      "a/photos/dog/2.png",
      "b/photos/cat/3.png",
      "b/photos/bat/1.png",
      "x/train/1.png",
      "x/test/2.png",
      "y/train/3.png",
      "y/test/4.png",
    ]);
    const classes = await findImages([join(folder, "a/photos"), join(folder, "b/photos")]);
    expect(classes.classNames).toEqual(["bat", "cat", "dog"]);
    expect(names(classes)).toEqual([
      "a/photos/cat/1.png",
      "a/photos/dog/2.png",
      "b/photos/bat/1.png",
      "b/photos/cat/3.png",
    ]);
    const splits = await findImages([join(folder, "x"), join(folder, "y")]);
    expect(splits.entries.map(({ split }) => split)).toEqual(["test", "train", "test", "train"]);
    await expect(findImages([join(folder, "x"), join(folder, "a")])).rejects.toThrow(
      /^x has folders to train and to test with, and a has none; give sources of one kind/,
    );
  });

  test("may be files, as shells give them", async () => {
    const folder = putFiles(newFolder(), ["cat/1.png", "cat/2.png", "dog/1.png", "notes.txt"]);
    const files = ["cat/1.png", "cat/2.png", "dog/1.png", "notes.txt", "dog/1.png"].map((name) => join(folder, name));
    const found = await findImages(files);
    expect(found).toMatchObject({ name: basename(folder), classNames: ["cat", "dog"], otherFiles: ["notes.txt"] });
    expect(names(found)).toEqual(["cat/1.png", "cat/2.png", "dog/1.png"]);
  });

  test("do not give an image twice", async () => {
    const folder = putFiles(newFolder(), ["cat/1.png", "dog/2.png"]);
    const found = await findImages([folder, join(folder, "cat", "1.png"), `${folder}/**/2.png`]);
    expect(found.entries).toHaveLength(2);
    expect(found.notes).toContain("2 images belonging to more than one of the sources taken once");
  });
});

describe("archives", () => {
  test("have the same folders", async () => {
    const folder = newFolder();
    const archive = writeZip(
      ["set/", "set/val/", "set/train/cat/1.png", "set/train/dog/2.png", "set/test/cat/3.png", "set/about.txt"].map(
        (name) => ({ name, data: name }),
      ),
    );
    putFiles(folder, [["set.zip", archive]]);
    const found = await findImages(join(folder, "set.zip"));
    expect(found).toMatchObject({ name: "set", classNames: ["cat", "dog"], otherFiles: ["set/about.txt"] });
    expect(found.entries.map(({ name, split, className, bytes }) => [name, split, className, bytes])).toEqual([
      ["test/cat/3.png", "test", "cat", 18],
      ["train/cat/1.png", "train", "cat", 19],
      ["train/dog/2.png", "train", "dog", 19],
    ]);
    expect(found.notes).toEqual([
      "the folder val has no image, so there is no such split",
      "the split test has no image of 1 class: dog",
    ]);
  });
});

describe("nothing to learn from", () => {
  test.for<[string, string[], RegExp]>([
    ["an empty folder", ["x/"], /^there is no image in .*x; it is empty\nImages are JPEG, PNG, /],
    ["empty folders", ["x/a/", "x/b/"], /; it has 2 folders and no file\n/],
    [
      "other files",
      ["x/a.npy", "x/b.npy", "x/c.csv", "x/README"],
      /; it has 2 \.npy files, 1 file without an extension, 1 \.csv file\nArrays are read file by file: name one, such as a\.npy there\n/,
    ],
    [
      "formats that cannot be read",
      ["x/a.bmp"],
      /; it has 1 \.bmp file\n1 \.bmp file left out: BMP cannot be read: convert/,
    ],
  ])("is an error: %s", async ([, paths, message]) => {
    const folder = putFiles(newFolder(), paths);
    const error = await findImages(join(folder, "x")).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(message);
  });

  test("is an error for a file that is no image, and for one that is not there", async () => {
    const folder = putFiles(newFolder(), ["a.tar.gz"]);
    await expect(findImages(join(folder, "a.tar.gz"))).rejects.toThrow(/of the archives only zip can be read: unpack/);
    await expect(findImages(join(folder, "b.png"))).rejects.toThrow(/there is no file or folder .*b\.png/);
    await expect(findImages(join(folder, "a.tar.gz", "b.png"))).rejects.toThrow(/a part of the path .* is a file/);
  });

  test.skipIf(process.platform === "win32")("is an error for what is no file at all (skipped on Windows)", async () => {
    const socket = join(newFolder(), "socket.png");
    const server = createServer().listen(socket);
    await once(server, "listening");
    await expect(findImages(socket)).rejects.toThrow(/neither a file nor a folder/);
    await expect(findImages(join(socket, ".."))).rejects.toThrow(/there is no image in .*; it has 1 \.png file/);
    server.close();
    await once(server, "close");
  });
});

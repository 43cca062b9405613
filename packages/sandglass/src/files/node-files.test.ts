import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolders } from "../cli/testing/temporary-folder.ts";
import { UserError } from "../errors.ts";
import { nodeFiles } from "./node-files.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (content: Uint8Array | undefined): string | undefined => content && new TextDecoder().decode(content);

describe("nodeFiles", () => {
  const newFolder = temporaryFolders();

  test("gives back what was written, in folders that it makes", async () => {
    const folder = newFolder();
    const files = nodeFiles(folder);
    expect(await files.read("a/b/c.txt")).toBeUndefined();
    await files.write("a/b/c.txt", bytes("first"));
    await files.write("a/b/c.txt", bytes("2nd"));
    expect(text(await files.read("a/b/c.txt"))).toBe("2nd");
    expect(text(await nodeFiles("elsewhere").read(join(folder, "a/b/c.txt")))).toBe("2nd");
    expect(readdirSync(join(folder, "a/b"))).toEqual(["c.txt"]);
  });

  test("is not disturbed by what a killed process has left", async () => {
    const folder = newFolder();
    const files = nodeFiles(folder);
    await files.write("backup", bytes("good"));
    writeFileSync(join(folder, ".backup.part"), "half of a longer conte");
    expect(text(await files.read("backup"))).toBe("good");
    await files.write("backup", bytes("better"));
    expect(text(await files.read("backup"))).toBe("better");
    expect(readdirSync(folder)).toEqual(["backup"]);
  });

  test("appends, also to a file that is not there yet", async () => {
    const files = nodeFiles(newFolder());
    await files.append("new/log", bytes("one "));
    await files.append("new/log", bytes("two"));
    expect(text(await files.read("new/log"))).toBe("one two");
  });

  test("lists the files of a folder, and removes them", async () => {
    const folder = newFolder();
    const files = nodeFiles(folder);
    expect(await files.list("logs")).toEqual([]);
    for (const path of ["logs/b", "logs/a", "logs/deeper/c"]) await files.write(path, bytes(path));
    expect(await files.list("logs")).toEqual(["a", "b"]);
    await files.remove("logs/a");
    await files.remove("logs/a");
    expect(await files.list("logs")).toEqual(["b"]);
  });

  test("says what stands in the way, and leaves no half file behind", async () => {
    const folder = newFolder();
    const files = nodeFiles(folder);
    mkdirSync(join(folder, "taken/inner"), { recursive: true });
    await expect(files.read("taken")).rejects.toThrow("taken is a folder, and a file was expected");
    await expect(files.write("taken", bytes("x"))).rejects.toThrow(UserError);
    expect(readdirSync(folder)).toEqual(["taken"]);
    await files.write("file", bytes("x"));
    await expect(files.append("file/below", bytes("x"))).rejects.toThrow("a part of the path file/below is a file");
  });
});

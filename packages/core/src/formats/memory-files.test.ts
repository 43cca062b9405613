import { describe, expect, test } from "vitest";
import { memoryFiles } from "./memory-files.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (content: Uint8Array | undefined): string | undefined => content && new TextDecoder().decode(content);

describe("memoryFiles", () => {
  test("gives back what was written, in folders that it makes", async () => {
    const files = memoryFiles();
    expect(await files.read("a/b/c.txt")).toBeUndefined();
    await files.write("a/b/c.txt", bytes("first"));
    await files.write("a/b/c.txt", bytes("2nd"));
    expect(text(await files.read("a/b/c.txt"))).toBe("2nd");
  });

  test("keeps bytes of its own", async () => {
    const files = memoryFiles();
    const given = bytes("abc");
    await files.write("file", given);
    given[0] = 0;
    const read = await files.read("file");
    expect(text(read)).toBe("abc");
    read![1] = 0;
    expect(text(await files.read("file"))).toBe("abc");
  });

  test("appends, also to a file that is not there yet", async () => {
    const files = memoryFiles();
    await files.append("new/log", bytes("one "));
    await files.append("new/log", bytes("two"));
    expect(text(await files.read("new/log"))).toBe("one two");
  });

  test("lists the files of a folder", async () => {
    const files = memoryFiles();
    expect(await files.list("logs")).toEqual([]);
    for (const path of ["logs/b", "logs/a", "logs/deeper/c", "logsheet"]) await files.write(path, bytes(path));
    expect(await files.list("logs")).toEqual(["a", "b"]);
    expect(await files.list("logs/")).toEqual(["a", "b"]);
  });

  test("removes a file, and what is not there", async () => {
    const files = memoryFiles();
    await files.write("a/file", bytes("x"));
    await files.remove("a/file");
    await files.remove("a/file");
    expect(await files.read("a/file")).toBeUndefined();
    expect(await files.list("a")).toEqual([]);
  });
});

import { expect, test } from "vitest";
import type { Cell } from "../images/index.ts";
import { pictureFiles } from "./picture-files.ts";

const PICTURE = { width: 2, height: 2, channels: 1 as const, data: Uint8Array.of(0, 80, 160, 240) };
const pair: Cell = [PICTURE, PICTURE];

async function namesOf(titles?: readonly string[]): Promise<string[]> {
  const content = { columns: 2, rows: 1, zoom: 1, names: ["original", "copy"], signal: new AbortController().signal };
  const names: string[] = [];
  for await (const [name] of pictureFiles({ ...content, cells: [pair, pair, pair], titles })) names.push(name);
  return names;
}

test("sheets come first, then each picture by its number", async () => {
  expect(await namesOf()).toEqual([
    "sheet-001.png",
    "sheet-002.png",
    ...["0000", "0001", "0002"].flatMap((number) => [`${number}-original.png`, `${number}-copy.png`]),
  ]);
});

test("what cells show is in the names of the files, without what no file can be called, and not at any length", async () => {
  const names = await namesOf(["test/猫/küche 1.jpg", 'a:b*?"<>|\\c\n.png patch 2', `${"x".repeat(300)}17.png`]);
  expect(names.filter((name) => name.endsWith("copy.png"))).toEqual([
    "0000-test_猫_küche 1.jpg-copy.png",
    "0001-a_b_c_.png patch 2-copy.png",
    `0002-${"x".repeat(44)}17.png-copy.png`,
  ]);
});

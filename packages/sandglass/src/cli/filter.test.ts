import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { encodePng } from "../images/index.ts";
import { runCli } from "./testing/run-cli.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

const newFolder = temporaryFolders();

/** 6×6 numbers whose upright edges are known: A. Ng, Deep Learning Specialization, 2017. */
const IMAGE = [
  [3, 0, 1, 2, 7, 4],
  [1, 5, 8, 9, 3, 1],
  [2, 7, 2, 5, 1, 3],
  [0, 1, 3, 1, 7, 8],
  [4, 2, 1, 6, 2, 8],
  [2, 4, 5, 2, 3, 9],
];

test("numbers in, numbers and a picture out", async () => {
  const cwd = newFolder();
  writeFileSync(join(cwd, "image.json"), JSON.stringify(IMAGE));
  const { code, stdout, stderr } = await runCli(["filter", "image.json", "--kernel", "vertical-edge"], { cwd });
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^image +6 × 6 × 1 → 4 × 4 × 1$/mu);
  expect(stdout).toMatch(/^picture +filtered\.png, black at -16, white at 16$/mu);
  expect(stdout).toContain("\n -5.00   -4.00    0.00    8.00\n-10.00   -2.00    2.00    3.00\n");
  const { data, info } = await sharp(join(cwd, "filtered.png")).raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 4, height: 4 });
  // The last number is −16, the darkest; 0 is the middle grey.
  expect([data[15 * info.channels], data[2 * info.channels]]).toEqual([0, 128]);
});

test("--json has every number; kernels may be files, colors are filtered one by one", async () => {
  const cwd = newFolder();
  writeFileSync(join(cwd, "mean.json"), "[[0.5, 0.5]]");
  const pixels = {
    width: 2,
    height: 2,
    channels: 3,
    data: Uint8Array.of(255, 0, 0, 0, 255, 0, 51, 51, 51, 0, 0, 0),
  } as const;
  writeFileSync(join(cwd, "colors.png"), await encodePng(pixels));
  const words = ["filter", "colors.png", "--kernel", "mean.json", "--padding", "same", "--stride", "2", "--json"];
  const { code, stdout } = await runCli(words, { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    out: "filtered.png",
    kernel: { name: "mean.json", rows: [[0.5, 0.5]] },
    padding: "same",
    stride: 2,
    input: [2, 2, 3],
    shape: [1, 1, 3],
    range: [0, 1],
    values: [[[0.5, 0.5, 0]]],
  });
  const { data } = await sharp(join(cwd, "filtered.png")).raw().toBuffer({ resolveWithObject: true });
  expect([...data]).toEqual([128, 128, 0]);
  // A file that is there stays, unless it is to be replaced.
  const before = readFileSync(join(cwd, "filtered.png"));
  const again = await runCli(["filter", "colors.png"], { cwd });
  expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(/there is a file filtered\.png already/u)]);
  expect(readFileSync(join(cwd, "filtered.png"))).toEqual(before);
});

describe("errors", () => {
  test.each([
    [["none.png"], 1, /there is no file or folder none\.png/u],
    [["image.json", "--kernel", "edg"], 2, /there is no kernel "edg"; did you mean "edge"\? Known: /u],
    [["image.json", "--kernel", "nosuch"], 2, /there is no kernel "nosuch"\. Known: /u],
    [
      ["image.json", "--kernel", "broken.json"],
      1,
      /broken\.json does not hold a kernel: expected JSON with rows of numbers/u,
    ],
    [["broken.json"], 1, /broken\.json does not hold an image/u],
    [
      ["small.json"],
      1,
      /the kernel of 3 × 3 does not fit into the image of 1 × 2; give a larger image, or --padding same/u,
    ],
    [["image.json", "--padding", "full"], 2, /Known: valid, same/u],
    [["image.json", "--stride", "0"], 2, /Expected a whole number/u],
  ])("filter %j ends with %i", async (words, expected, message) => {
    const cwd = newFolder();
    writeFileSync(join(cwd, "image.json"), JSON.stringify(IMAGE));
    writeFileSync(join(cwd, "small.json"), "[[1, 2]]");
    writeFileSync(join(cwd, "broken.json"), "[[1, 2], [3]]");
    const { code, stdout, stderr } = await runCli(["filter", ...words], { cwd });
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([expected, ""]);
    expect(existsSync(join(cwd, "filtered.png"))).toBe(false);
  });
});

// Models that generate, from the command line: what they draw, and who is told that there is nothing to draw.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeIdx } from "@sandglass/core";
import { expect, test } from "vitest";
import { runCli, type Result } from "./testing/run-cli.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

const temporaryFolder = temporaryFolders();
const QUICK = ["--epochs", "1", "--threads", "1", "--quiet"];

test("samples are drawn of a class where the model knows classes", async () => {
  const cwd = temporaryFolder();
  const run = (...words: string[]): Promise<Result> => runCli(words, { cwd });
  const vae = ["train", "wardrobe", "--count", "300", "--model", "vae", "--architecture", "dense", "--code", "2"];
  expect((await run(...vae, ...QUICK, "--conditional", "--out", "with")).code).toBe(0);
  const drawn = await run("sample", "with", "--label", "9", "--count", "3", "--out", "boots", "--json");
  expect(JSON.parse(drawn.stdout)).toEqual({
    out: "boots",
    count: 3,
    files: ["sheet.png", "0000-sample.png", "0001-sample.png", "0002-sample.png"],
  });
  expect(readdirSync(join(cwd, "boots"))).toHaveLength(4);
  const named = await run("sample", "with", "--label", "ankle boot", "--count", "3", "--out", "named", "--json");
  expect(named.code).toBe(0);
  for (const file of readdirSync(join(cwd, "boots"))) {
    expect(readFileSync(join(cwd, "named", file))).toEqual(readFileSync(join(cwd, "boots", file)));
  }
  expect(await run("sample", "with", "--label", "12", "--out", "none")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("the model knows the classes 0 to 9; 12 came as --label"),
  });
  expect((await run(...vae, ...QUICK, "--out", "without")).code).toBe(0);
  expect(await run("sample", "without", "--label", "1", "--out", "none")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("this one knows no classes"),
  });
  expect(readdirSync(cwd).toSorted()).toEqual(["boots", "named", "with", "without"]);
});

test("samples that are no images are lines of a table, and a model that draws none says so", async () => {
  const cwd = temporaryFolder();
  const run = (...words: string[]): Promise<Result> => runCli(words, { cwd });
  mkdirSync(join(cwd, "data"));
  const values = Float32Array.from({ length: 40 * 5 }, (_, index) => Math.sin(index));
  writeFileSync(join(cwd, "data", "waves"), encodeIdx([40, 5], values));
  expect((await run("train", "data/waves", "--model", "vae", ...QUICK, "--out", "vae")).code).toBe(0);
  expect((await run("sample", "vae", "--count", "7", "--out", "drawn")).code).toBe(0);
  const lines = readFileSync(join(cwd, "drawn", "samples.csv"), "utf8")
    .trim()
    .split("\n");
  expect(lines.map((line) => line.split(",").map(Number).filter(Number.isFinite).length)).toEqual(Array(7).fill(5));
  expect(new Set(lines).size).toBe(7);
  expect(await run("judge", "vae", "wardrobe", "--count", "100")).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^error: the run was made with rows of 5 numbers, and wardrobe has samples of \[28, 28, 1\]/u,
    ),
  });
  expect((await run("train", "wardrobe", "--model", "deep", ...QUICK, "--out", "deep")).code).toBe(0);
  expect(await run("sample", "deep", "--out", "none")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('the model "deep" draws no new samples'),
  });
  expect(await run("judge", "deep", "wardrobe", "--count", "100")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('the model "deep" draws no new samples, so there are none to judge'),
  });
  expect(await run("judge", "vae", "data/waves", "--count", "100")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("judge needs a set with a test part, and data/waves comes in one piece"),
  });
  for (const half of ["train", "t10k"]) {
    writeFileSync(join(cwd, "data", `${half}-images-idx3-ubyte`), encodeIdx([40, 5], values));
  }
  expect(await run("judge", "vae", "data", "--count", "100")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("the judge looks at images [height, width, channels]"),
  });
});

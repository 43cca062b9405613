// A run on a table, from the file to reconstructions in its own columns and units.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeNpz } from "@sandglass/core";
import { expect, test, vi } from "vitest";
import { openTable, readColumns } from "../tables/index.ts";
import { csvLines } from "../tables/testing/table-files.ts";
import { runCli, type Result } from "./testing/run-cli.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

// A command takes a second, or several when the machine is busy.
vi.setConfig({ testTimeout: 60_000 });
const temporaryFolder = temporaryFolders();

/** The second column follows from the first, the third from both. */
const rows = csvLines("weight,price,kind,id", 300, (row) => {
  const weight = 10 + ((row * 37) % 90);
  return `${weight}.5,${weight * 2},${weight > 55 ? "heavy" : "light"},n${row}`;
});

test("rows come back in the user's columns and units, with what they are measured by", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "goods.csv"), rows);
  const run = (...words: string[]): Promise<Result> => runCli([...words, "--threads", "1", "--json"], { cwd });
  const trained = await run("train", "goods.csv", "--model", "pca", "--code", "2", "--out", "run");
  expect(trained.stderr).toContain('goods: column "id" is left out: 270 of its 270 values are different');
  expect(trained.code).toBe(0);

  const report = readFileSync(join(cwd, "run", "report.html"), "utf8");
  expect(report).toContain("<h2>Rows and what the model gives back</h2>");
  expect(report).toMatch(
    />\s*\d\d\.5\s*<\/td>\s*<td class="number">\s*\d+\s*<\/td>\s*<td class="">\s*(?:heavy|light)\s*</u,
  );
  // The components are weights of features.
  expect(report).toContain("kind=<wbr />heavy");

  const { stdout } = await run("reconstruct", "run", "goods.csv", "--out", "back/goods.csv");
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ out: "back/goods.csv", count: 300 });
  const evaluated = JSON.parse((await run("evaluate", "run", "goods.csv")).stdout);
  expect(result.mse).toBeCloseTo(evaluated.figures.mse, 6);
  const back = await openTable(join(cwd, "back", "goods.csv"));
  const [row, weight, price, kind, error, unusual] = await readColumns(back, 0, back.count);
  expect(back.columns.map(({ name }) => name)).toEqual([
    "row",
    "weight",
    "price",
    "kind",
    "error",
    "most_unusual_column",
  ]);
  await back.close();
  for (const place of [0, 1, 299]) {
    const expected = 10 + ((place * 37) % 90);
    expect(row!.values[place]).toBe(place + 1);
    expect(weight!.values[place]).toBeCloseTo(expected + 0.5, 0);
    expect(Math.abs((price!.values[place] as number) - expected * 2)).toBeLessThanOrEqual(1);
    expect(kind!.values[place]).toBe(expected > 55 ? "heavy" : "light");
  }
  const errors = Array.from(error!.values as Float64Array);
  expect(errors.reduce((sum, value) => sum + value, 0) / 300).toBeCloseTo(result.mse, 5);
  expect(new Set<unknown>(unusual!.values).size).toBeGreaterThan(1);

  // The data are not even looked for.
  const pictures = await run("reconstruct", "run", "missing.csv", "--out", "pictures");
  expect(JSON.parse(pictures.stdout).error).toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(
      /the run run was made with a table, and gives back another one: the name pictures says no format .* \.csv, /u,
    ),
  });
  expect(existsSync(join(cwd, "pictures"))).toBe(false);
});

test("an array of numbers is such a table, too", async () => {
  const cwd = temporaryFolder();
  const data = Float32Array.from({ length: 120 * 3 }, (_, index) => 500 + 100 * Math.sin(index * index));
  writeFileSync(join(cwd, "x.npz"), writeNpz({ X: { shape: [120, 3], data } }));
  const run = (...words: string[]): Promise<Result> => runCli([...words, "--threads", "1"], { cwd });
  expect(await run("train", "x.npz", "--epochs", "1", "--out", "run")).toMatchObject({ code: 0 });
  const { stdout, code } = await run("reconstruct", "run", "x.npz", "--count", "5", "--out", "back.json");
  expect(stdout).toMatch(/^5 rows with their errors, .* on average: back\.json$/mu);
  expect(code).toBe(0);
  const back = JSON.parse(readFileSync(join(cwd, "back.json"), "utf8")) as Record<string, unknown>[];
  expect(back).toHaveLength(5);
  expect(Object.keys(back[0]!)).toEqual(["row", "column0", "column1", "column2", "error", "most_unusual_column"]);
  for (const row of back) expect(row["column0"]).toBeGreaterThan(300);
});

test("rows whose class is predicted have the numbers of the user's file", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "goods.csv"), rows);
  const run = (...words: string[]): Promise<Result> => runCli(["classify", ...words, "--threads", "1"], { cwd });
  const trained = await run("train", "goods.csv", "--label", "kind", "--epochs", "1", "--out", "run");
  expect(trained.code, trained.stderr).toBe(0);
  writeFileSync(join(cwd, "more.csv"), "weight,price,id\n10,20,a\n90,180,b,extra\n40,80,c\n");
  const predicted = await run("predict", "run", "more.csv", "--out", "kinds.csv");
  expect(predicted.stderr).toContain("1 of 3 rows does not fit the table");
  expect(predicted.code, predicted.stderr).toBe(0);
  const [, ...lines] = readFileSync(join(cwd, "kinds.csv"), "utf8").trim().split("\n");
  expect(lines.map((line) => line.split(",")[0])).toEqual(["1", "3"]);
});

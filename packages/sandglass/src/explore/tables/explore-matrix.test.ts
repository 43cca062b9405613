// Arrays of numbers are looked at as the tables that they are.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RandomStream, writeNpz } from "@sandglass/core";
import { afterAll, expect, test } from "vitest";
import { explore } from "../explore.ts";
import { exploreServices } from "../images/testing/explore-services.ts";

const folder = mkdtempSync(join(tmpdir(), "sandglass-matrix-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const services = exploreServices();

const COUNT = 300;

test("columns are known by their places, and labels are those of the array", async () => {
  const random = new RandomStream(2);
  const rows = Array.from({ length: COUNT }, (_, row) => {
    const value = random.uniform(0, 5);
    return [value, value * 3 + 1, random.uniform(0, 1000), 4, row === 17 ? 30 : random.uniform(0, 1)];
  });
  const path = join(folder, "set.npz");
  writeFileSync(
    path,
    writeNpz({
      X: { shape: [COUNT, 5], data: Float64Array.from(rows.flat()) },
      y: { shape: [COUNT], data: Int32Array.from({ length: COUNT }, (_, row) => (row < 180 ? 0 : 1)) },
    }),
  );
  const { figures, command, lead } = await explore(
    path,
    { choices: {}, augment: undefined, seed: 0 },
    await services(),
  );
  expect(lead).toMatch(/^An array of 300 rows of 5 columns, with labels; a training learns from 4/u);
  expect(figures).toMatchObject({
    kind: "array",
    rows: COUNT,
    label: {
      name: "label",
      isGuess: false,
      classes: [
        { value: "0", count: 180 },
        { value: "1", count: 120 },
      ],
    },
    nearlyTheSame: [{ one: "column0", other: "column1" }],
    unusual: { rows: expect.arrayContaining([expect.objectContaining({ row: 18 })]) as unknown },
  });
  expect(command).toEqual(["train", path, "--ignore", "column1", "--scaling", "robust"]);
});

test("rows that are in two parts are counted and named, and must be taken out", async () => {
  const random = new RandomStream(4);
  const rows = Float64Array.from({ length: 260 * 3 }, () => random.uniform(-1, 1));
  const part = (from: number, to: number): { shape: number[]; data: Float64Array } => ({
    shape: [to - from, 3],
    data: rows.slice(3 * from, 3 * to),
  });
  const path = join(folder, "parts.npz");
  writeFileSync(path, writeNpz({ x_train: part(0, 220), x_test: part(218, 260) }));
  const { figures, advice, summary, notes } = await explore(
    path,
    { choices: {}, augment: undefined, seed: 0 },
    await services(),
  );
  expect(figures).toMatchObject({
    partLeaks: {
      compared: { train: 220, test: 42 },
      shared: [
        {
          from: "train",
          to: "test",
          count: 2,
          named: [
            ["row 1", "row 219"],
            ["row 2", "row 220"],
          ],
        },
      ],
    },
  });
  expect(advice[0]).toMatchObject({
    weight: "serious",
    reason: "2 rows of test are also in train: row 1 is row 219, row 2 is row 220.",
  });
  expect(summary).toContainEqual(["in two parts", "2 of test in train"]);
  expect(notes).toContain("the test part, 42 rows, is only compared with the other rows");
});

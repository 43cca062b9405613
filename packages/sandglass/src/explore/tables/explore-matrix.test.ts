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

// What --augment shows of tables; of images it is tested with these.
import { beforeAll, expect, test } from "vitest";
import { csvLines, tableFiles } from "../tables/testing/table-files.ts";
import type { Exploration } from "./exploration.ts";
import { explore } from "./explore.ts";
import { exploreServices } from "./images/testing/explore-services.ts";
import { renderExploration } from "./render-exploration.ts";

const file = tableFiles();
const services = exploreServices();
let path: string;

beforeAll(() => {
  const row = (index: number): string =>
    `${((index * 37) % 91) / 4},${(index * 13) % 29},${index % 3 === 0 ? "Rome" : "Oslo"}`;
  path = file("orders.csv", csvLines("weight,pieces,city", 120, row));
});

const look = async (augment: string): Promise<Exploration> =>
  explore(path, { choices: {}, augment, seed: 1 }, await services());

test("rows are shown before and after, in the user's own columns", async () => {
  const exploration = await look("noise=0.2");
  const section = exploration.sections.find(({ title }) => title === "Augmented samples");
  expect(section?.note).toContain("noise=0.2");
  const [part] = section?.parts ?? [];
  if (part?.content.kind !== "table") throw new Error(part?.content.kind);
  // Of the columns, those that are changed.
  expect(part.content.columns.map(({ name }) => name)).toEqual(["weight", "pieces"]);
  expect(exploration.command?.slice(-2)).toEqual(["--augment", "noise=0.2"]);
  expect(await renderExploration(exploration)).toContain("Augmented samples");
});

test("what is for images is refused", async () => {
  await expect(look("flip")).rejects.toThrow(
    /^--augment flip changes images, and .*orders\.csv is read as a table; for its rows there are noise and mixup$/u,
  );
});

// The training that explore advises does run, on tables of every kind, and on what is hardly enough to train on.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Device, writeNpz } from "@sandglass/core";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "../../cli/testing/run-cli.ts";
import { temporaryFolders } from "../../cli/testing/temporary-folder.ts";
import type { DataChoices } from "../../sources/index.ts";
import { csvLines } from "../../tables/testing/table-files.ts";
import { explore } from "../explore.ts";
import { madeValues, pngOf } from "../images/testing/made-pictures.ts";
import { plantedCsv } from "./testing/planted-table.ts";

const newFolder = temporaryFolders();
const shared = process.env["SANDGLASS_DATA"] ?? "";
const device = await Device.create();
afterAll(() => device.dispose());

/** Runs what explore advises, for one epoch, and gives the options that it advised. */
async function trainAsAdvised(source: string, choices: DataChoices = {}): Promise<readonly string[]> {
  const { command = [] } = await explore(
    source,
    { choices, augment: undefined, seed: 0 },
    {
      device,
      dataDir: undefined,
      note: () => undefined,
      signal: new AbortController().signal,
      progress: { begin: () => undefined, advance: () => undefined, end: () => undefined },
    },
  );
  const cwd = newFolder();
  const { code, stdout, stderr } = await runCli([...command, "--epochs", "1", "--out", "run", "--quiet"], { cwd });
  expect([code, stderr], stdout).toEqual([0, ""]);
  expect(existsSync(join(cwd, "run", "report.html"))).toBe(true);
  return command.slice(2);
}

test("a made table with everything that can be wrong", async () => {
  const path = join(newFolder(), "orders, all.csv");
  writeFileSync(path, plantedCsv());
  expect(await trainAsAdvised(path)).toEqual(
    expect.arrayContaining(["--label", "--ignore", "--scaling", "robust", "--group", "customer_id"]),
  );
});

test.each([2, 9, 10, 25])("a table of %i rows", async (rows) => {
  const path = join(newFolder(), "small.csv");
  writeFileSync(
    path,
    csvLines("a,b,kind", rows, (row) => `${(row * 37) % 11}.5,${(row * 7) % 5},${"xyz"[row % 3]}`),
  );
  expect((await trainAsAdvised(path)).includes("--validation")).toBe(rows < 10);
});

test.each([2, 10])("an array of %i rows", async (rows) => {
  const path = join(newFolder(), "small.npz");
  const data = Float64Array.from({ length: rows * 3 }, (_, at) => 100 * Math.sin(at * at));
  writeFileSync(path, writeNpz({ X: { shape: [rows, 3], data } }));
  expect(await trainAsAdvised(path)).toEqual(rows < 10 ? ["--validation", "0"] : []);
});

test.each([1, 9, 12])("a folder of %i images", async (count) => {
  const folder = newFolder();
  for (let number = 0; number < count; number++) {
    writeFileSync(join(folder, `p${number % 5}_${number}.png`), await pngOf(madeValues(0, number)));
  }
  const options = await trainAsAdvised(folder, { group: String.raw`^(p\d)` });
  expect(options.includes("--group")).toBe(count >= 10);
});

describe.skipIf(shared === "")("real tables (needs SANDGLASS_DATA)", () => {
  test.each([
    ["logistics/SCMS_Delivery_History_Dataset.csv", []],
    ["logistics/amazon_delivery_4k.csv", ["--scaling"]],
    ["logistics/ecommerce_shipping_11k.csv", ["--label", "Reached.on.Time_Y.N"]],
    ["logistics/food_delivery_time_45k.csv", ["--group", "Delivery_person_ID"]],
    ["logistics/food_delivery_times_1k.csv", []],
    ["clustering/seaborn_titanic.csv", ["--label", "survived", "--ignore", "class,embark_town,alive"]],
    ["clustering/seaborn_taxis.csv", []],
    ["adbench/38_thyroid.npz", []],
    ["adbench/4_breastw.npz", []],
  ])("%s", async (source, options) => {
    expect(await trainAsAdvised(join(shared, source))).toEqual(expect.arrayContaining(options));
  });
});

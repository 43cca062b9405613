// The training that explore advises for a table does run.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Device } from "@sandglass/core";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "../../cli/testing/run-cli.ts";
import { temporaryFolders } from "../../cli/testing/temporary-folder.ts";
import { explore } from "../explore.ts";
import { plantedCsv } from "./testing/planted-table.ts";

const newFolder = temporaryFolders();
const shared = process.env["SANDGLASS_DATA"] ?? "";
const device = await Device.create();
afterAll(() => device.dispose());

/** Runs what explore advises, for one epoch, and gives the options that it advised. */
async function trainAsAdvised(source: string): Promise<readonly string[]> {
  const { command = [] } = await explore(
    source,
    { choices: {}, augment: undefined, seed: 0 },
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

// What the tables of the delivery and clustering sets are read as. They lie in the folder that SANDGLASS_DATA names.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadTable } from "./load/load-table.ts";

const data = process.env["SANDGLASS_DATA"] ?? "";

interface Expectation {
  readonly path: string;
  readonly rows: number;
  /** Columns in all, and those left out. */
  readonly columns: number;
  readonly leftOut: readonly string[];
  readonly dates?: readonly string[];
}

const expectations: readonly Expectation[] = [
  {
    path: "logistics/SCMS_Delivery_History_Dataset.csv",
    rows: 10_324,
    columns: 33,
    leftOut: ["ID", "PO / SO #", "ASN/DN #", "Weight (Kilograms)", "Freight Cost (USD)"],
    dates: ["Scheduled Delivery Date", "Delivered to Client Date", "Delivery Recorded Date"],
  },
  {
    path: "logistics/amazon_delivery_4k.csv",
    rows: 4374,
    columns: 16,
    leftOut: ["Order_ID"],
    dates: ["Order_Date", "Order_Time", "Pickup_Time"],
  },
  { path: "logistics/ecommerce_shipping_11k.csv", rows: 10_999, columns: 12, leftOut: ["ID"] },
  { path: "logistics/food_delivery_time_45k.csv", rows: 45_593, columns: 11, leftOut: ["ID"] },
  { path: "logistics/food_delivery_times_1k.csv", rows: 1000, columns: 9, leftOut: ["Order_ID"] },
  { path: "clustering/seaborn_iris.csv", rows: 150, columns: 5, leftOut: [] },
  { path: "clustering/seaborn_taxis.csv", rows: 6433, columns: 14, leftOut: [], dates: ["pickup", "dropoff"] },
  { path: "clustering/optdigits.tes", rows: 1797, columns: 65, leftOut: ["column00", "column32", "column39"] },
  { path: "clustering/gagolewski/sipu/flame.data.gz", rows: 240, columns: 2, leftOut: [] },
];

test.for(expectations)("$path", async ({ path, rows, columns, leftOut, dates = [] }, { skip }) => {
  if (!existsSync(join(data, path))) skip(`there is no ${path} in the folder that SANDGLASS_DATA names`);
  const loaded = await loadTable(join(data, path), { split: { validation: 0.1, seed: 1 } });
  const { encoder, training, validation } = loaded;
  expect(training.count + (validation?.count ?? 0)).toBe(rows);
  expect(loaded.columns).toHaveLength(columns);
  expect(encoder.preprocessing.leftOut.map(({ name }) => name)).toEqual(leftOut);
  expect(encoder.featureColumns.filter(({ role }) => role === "date").map(({ name }) => name)).toEqual(dates);
  await loaded.close();
});

import type { tables } from "@sandglass/core";
import { expect, test } from "vitest";
import { findRepeatedKeys } from "./repeated-keys.ts";

const column = (name: string, distinct: number, count = 1000): tables.ColumnStatistics => ({
  name,
  type: "text",
  count,
  missing: 0,
  distinct,
  frequent: [],
  meanLength: 5,
});

test("names of somebody who has several rows are keys", () => {
  const names = ["customer_id", "Delivery_person_ID", "userId", "Patient No", "customer", "device-uuid"];
  expect(findRepeatedKeys(names.map((name, index) => column(name, 100 + index))).map(({ column: key }) => key)).toEqual(
    names.toReversed(),
  );
  expect(findRepeatedKeys([column("customer_id", 250)])).toEqual([
    { column: "customer_id", distinct: 250, rowsEach: 4 },
  ]);
});

test("what somebody is, what has one row each, and what is a category is none", () => {
  expect(findRepeatedKeys([column("customer_age", 60), column("user_rating", 30), column("order_id", 300)])).toEqual(
    [],
  );
  expect(findRepeatedKeys([column("customer_id", 990), column("driver_id", 12)])).toEqual([]);
});

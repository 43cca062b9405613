import { expect, test } from "vitest";
import { counted } from "./counted.ts";

test("one is a singular, and all others are plurals", () => {
  const samples = [0, 1, 2, 12_345].map((count) => counted(count, "sample"));
  expect(samples).toEqual(["0 samples", "1 sample", "2 samples", "12,345 samples"]);
  expect([1, 2].map((count) => counted(count, "class", "classes"))).toEqual(["1 class", "2 classes"]);
});

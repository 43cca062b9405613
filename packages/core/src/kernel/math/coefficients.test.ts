import { expect, it } from "vitest";
import { computeTables } from "../../../../../fixtures/polynomials/tables.ts";
import * as coefficients from "./coefficients.ts";

it("holds what its generator computes", () => {
  const computed = Object.entries(computeTables()).map(([name, table]) => [name, table.coefficients.map(Math.fround)]);
  const stored = Object.entries(coefficients).map(([name, list]) => [name, list.map(Math.fround)]);
  expect(Object.fromEntries(stored)).toEqual(Object.fromEntries(computed));
});

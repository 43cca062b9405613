import { tables } from "@sandglass/core";
import { expect, test } from "vitest";
import { dateCandidates, numberCandidates } from "./reading-candidates.ts";
import { parseReadings } from "./parse-readings.ts";
import { TEXT } from "./reading.ts";

test("readings come back from JSON as they were", () => {
  const all = [TEXT, ...dateCandidates(true), ...numberCandidates({ prefersDecimalComma: true }, "$", "kg")];
  const readings = Object.fromEntries(all.map((reading, index) => [`column ${index}`, reading]));
  expect(parseReadings(JSON.parse(JSON.stringify(readings)))).toEqual(readings);
});

test.each([
  [undefined],
  [[]],
  [{ a: null }],
  [{ a: { type: "number", notation: "roman", prefix: "", suffix: "" } }],
  [{ a: { type: "number", notation: "plain" } }],
  [{ a: { type: "date", format: [] } }],
  [{ a: { type: "date", format: ["%d", 3] } }],
  [{ a: { type: "date", format: "iso", dayFirst: "yes" } }],
  [{ a: { type: "currency" } }],
])("%j is refused", (value) => {
  expect(() => parseReadings(value)).toThrow(tables.TableError);
});

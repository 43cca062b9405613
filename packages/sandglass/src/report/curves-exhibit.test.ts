import type { CurvesExhibit } from "@sandglass/core";
import { expect, test } from "vitest";
import { drawCurves } from "./curves-exhibit.ts";

const exhibit = (...points: number[]): CurvesExhibit => ({
  kind: "curves",
  curves: [{ name: "as the network says", points }],
  axes: ["how sure", "how often right"],
});

test("a curve of one point can be seen, and one of many is a line alone", async () => {
  const dots = async (curves: CurvesExhibit): Promise<number> =>
    (await drawCurves(curves)).text.match(/<circle/gu)?.length ?? 0;
  expect(await dots(exhibit(0.9, 0.6))).toBe(1);
  expect(await dots(exhibit(0.2, 0.3, 0.9, 0.6))).toBe(2);
  expect(await dots(exhibit(...Array.from({ length: 80 }, (_, index) => index / 80)))).toBe(0);
});

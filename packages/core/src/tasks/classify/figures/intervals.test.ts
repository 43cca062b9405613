import { expect, test } from "vitest";
import { readCases } from "../../../../../../fixtures/classify/read.ts";
import { betaQuantile, normalQuantile } from "./distributions.ts";
import { proportion } from "./index.ts";

test("quantiles are SciPy's", () => {
  for (const { shares, normal, beta } of readCases("quantiles")) {
    for (const [index, share] of shares.entries()) {
      expect(normalQuantile(share)).toBeCloseTo(normal[index] as number, 11);
      for (const { a, b, values } of beta) {
        const expected = values[index] as number;
        expect(Math.abs(betaQuantile(share, a, b) / expected - 1)).toBeLessThan(1e-9);
      }
    }
  }
});

test.each(readCases("intervals"))("$hits in $of at $confidence, as SciPy", ({ hits, of, confidence, ...expected }) => {
  for (const method of ["wilson", "exact"] as const) {
    const came = proportion(hits, of, { confidence, method });
    expect(came).toMatchObject({ hits, of, value: hits / of });
    expect(came?.low).toBeCloseTo(expected[method].low, 10);
    expect(came?.high).toBeCloseTo(expected[method].high, 10);
  }
});

test("there is no share of nothing, and errors", () => {
  expect(proportion(0, 0)).toBeUndefined();
  expect(() => proportion(3, 2)).toThrow("a share of 3 in 2");
  expect(() => proportion(1, 2, { confidence: 1 })).toThrow("the confidence is 1; expected a number between 0 and 1");
  expect(() => normalQuantile(1)).toThrow("between 0 and 1");
});

import { describe, expect, test } from "vitest";
import { bestMultiplyAdd, multiplyAddModule, NUM_CHAINS, UNROLL, X, Y } from "./module.ts";

interface Exports {
  readonly run: (iterations: number) => number;
}

describe.each(["relaxed", "separate"] as const)("the %s multiply-add module", (multiplyAdd) => {
  const bytes = multiplyAddModule(multiplyAdd);
  const supported = WebAssembly.validate(bytes);

  test.skipIf(!supported)("adds X·Y in every step of every chain, so that no step can have been left out", () => {
    const { run } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Exports;
    for (const iterations of [1, 2, 25]) {
      const expected = iterations * UNROLL * NUM_CHAINS * X * Y;
      expect(run(iterations)).toBeCloseTo(expected, 3);
    }
  });
});

test("plain SIMD is enough for the separate form", () => {
  expect(WebAssembly.validate(multiplyAddModule("separate"))).toBe(true);
});

test("the relaxed form is chosen exactly where the host has it", () => {
  const relaxed = WebAssembly.validate(multiplyAddModule("relaxed"));
  expect(bestMultiplyAdd()).toBe(relaxed ? "relaxed" : "separate");
});

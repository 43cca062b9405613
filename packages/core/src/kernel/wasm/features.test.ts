import { expect, it } from "vitest";
import { KernelBuilder } from "../builder.ts";
import { Index } from "../index-expr.ts";
import { loadKernel } from "../testing/run-kernel.ts";
import { float, load, multiplyAdd } from "../vec.ts";
import { fusesMultiplyAdd, hasRelaxedMultiplyAdd, hasSimd } from "./features.ts";

it("finds SIMD, without which no test here could run", () => {
  expect(hasSimd()).toBe(true);
});

it("finds the relaxed multiply-add where a kernel can use it, and only there", () => {
  const k = new KernelBuilder("multiplyAdd");
  const operand = (i: number): Index => Index.constant(16 * i);
  k.store(operand(3), multiplyAdd(load(operand(0)), load(operand(1)), load(operand(2))));
  const kernel = k.finish();
  const compiles = (): boolean => {
    try {
      loadKernel(kernel, { relaxed: true });
      return true;
    } catch (error) {
      if (error instanceof WebAssembly.CompileError) return false;
      throw error;
    }
  };
  expect(compiles()).toBe(hasRelaxedMultiplyAdd());
});

it("finds out whether the relaxed multiply-add rounds once", () => {
  const k = new KernelBuilder("multiplyAdd");
  k.store(Index.constant(16), multiplyAdd(float(1 + 2 ** -13), load(Index.constant(0)), float(-1)));
  const { floats, run } = loadKernel(k.finish(), { relaxed: hasRelaxedMultiplyAdd() });
  const factor = 1 - 2 ** -13;
  floats.set([factor]);
  run();
  // Their product is 1 − 2⁻²⁶, which a float32 rounds to 1.
  expect(floats[4]).toBe(fusesMultiplyAdd() ? -(2 ** -26) : 0);
});

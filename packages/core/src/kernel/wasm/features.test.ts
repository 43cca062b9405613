import { expect, it } from "vitest";
import { KernelBuilder } from "../builder.ts";
import { Index } from "../index-expr.ts";
import { loadKernel } from "../testing/run-kernel.ts";
import { load, multiplyAdd } from "../vec.ts";
import { hasRelaxedMultiplyAdd, hasSimd } from "./features.ts";

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

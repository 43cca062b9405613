/** Runs kernels in tests: renders one, compiles it and gives access to its memory. */
import type { KernelFunction } from "../builder.ts";
import { encodeModule } from "../wasm/encoder.ts";
import { hasRelaxedMultiplyAdd } from "../wasm/features.ts";
import { renderKernel } from "../wasm/render.ts";

/** The ways in which multiply-add is rendered on this host. */
export const MULTIPLY_ADDS: readonly boolean[] = hasRelaxedMultiplyAdd() ? [true, false] : [false];

export interface LoadedKernel {
  /** The whole memory, seen in two ways. */
  readonly floats: Float32Array;
  readonly ints: Int32Array;
  run(...parameters: number[]): void;
}

export interface LoadOptions {
  /** Pages of 64 KiB. */
  readonly pages?: number;
  /** Multiply and add with one rounding; off unless asked for, so that tests can say exact values. */
  readonly relaxed?: boolean;
}

/** A kernel on a memory of its own, filled with zeros. */
export function loadKernel(kernel: KernelFunction, { pages = 1, relaxed = false }: LoadOptions = {}): LoadedKernel {
  const code = { ...renderKernel(kernel, { relaxed }), exportName: kernel.name };
  const bytes = encodeModule([code], { shared: false, minimumPages: pages, maximumPages: pages });
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  return {
    floats: new Float32Array(memory.buffer),
    ints: new Int32Array(memory.buffer),
    run: exports[kernel.name] as (...parameters: number[]) => void,
  };
}

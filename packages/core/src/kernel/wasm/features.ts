/** What the host's WebAssembly can do, found by tiny modules. */
import { KernelBuilder } from "../builder.ts";
import { Index } from "../index-expr.ts";
import { load, multiplyAdd } from "../vec.ts";
import { ByteWriter, encodeModule } from "./encoder.ts";
import { OP, SIMD, SIMD_PREFIX } from "./opcodes.ts";
import { renderKernel } from "./render.ts";

let relaxed: boolean | undefined;

/** Whether the host has the relaxed multiply-add (one rounding on processors with a fused multiply-add). */
export function hasRelaxedMultiplyAdd(): boolean {
  relaxed ??= validates((code) => {
    for (let i = 0; i < 3; i++) pushZero(code);
    code.byte(SIMD_PREFIX);
    code.unsigned(SIMD.f32x4RelaxedMadd);
  });
  return relaxed;
}

/** Whether the host has 128-bit SIMD, without which nothing here runs. */
export function hasSimd(): boolean {
  return validates(pushZero);
}

/**
 * Whether the relaxed multiply-add rounds once. On x64 it does where the processor has FMA3, and those have 256-bit vectors,
 * a few processors of 2012 to 2014 aside.
 */
export function fusesMultiplyAdd(): boolean {
  if (!hasRelaxedMultiplyAdd()) return false;
  const k = new KernelBuilder("multiplyAdd");
  const [a, b, c, result] = [0, 16, 32, 48].map((address) => Index.constant(address)) as [Index, Index, Index, Index];
  k.store(result, multiplyAdd(load(a), load(b), load(c)));
  const exported = { ...renderKernel(k.finish(), { relaxed: true }), exportName: "multiplyAdd" };
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const module = new WebAssembly.Module(encodeModule([exported], { shared: false, minimumPages: 1, maximumPages: 1 }));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const floats = new Float32Array(memory.buffer);
  // (1 + 2⁻¹²)² = 1 + 2⁻¹¹ + 2⁻²⁴, and the last term is lost in rounding.
  floats.set([1 + 2 ** -12], 0);
  floats.set([1 + 2 ** -12], 4);
  floats.set([-1 - 2 ** -11], 8);
  (exports["multiplyAdd"] as () => void)();
  return floats[12] !== 0;
}

function pushZero(code: ByteWriter): void {
  code.byte(OP.i32Const);
  code.signed(0);
  code.byte(SIMD_PREFIX);
  code.unsigned(SIMD.i32x4Splat);
}

function validates(emit: (code: ByteWriter) => void): boolean {
  const code = new ByteWriter();
  emit(code);
  code.byte(OP.localSet);
  code.unsigned(0);
  const memory = { shared: false, minimumPages: 0, maximumPages: 1 };
  return WebAssembly.validate(encodeModule([{ numParameters: 0, numI32: 0, numV128: 1, code: code.finish() }], memory));
}

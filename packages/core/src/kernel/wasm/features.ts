/** What the host's WebAssembly can do, found by validating tiny modules. */
import { ByteWriter, encodeModule } from "./encoder.ts";
import { OP, SIMD, SIMD_PREFIX } from "./opcodes.ts";

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

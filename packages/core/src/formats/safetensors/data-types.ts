/** The types of numbers that a safetensors file may hold and that are read here, all as float32. */
import { bfloat16Values, float16Values } from "../half-precision.ts";

interface FloatType {
  readonly bytes: number;
  /** The values of little-endian bytes in memory of their own. */
  decode(buffer: ArrayBuffer): Float32Array;
}

export const floatTypes: ReadonlyMap<string, FloatType> = new Map([
  ["F16", { bytes: 2, decode: (buffer) => float16Values(new Uint16Array(buffer)) }],
  ["BF16", { bytes: 2, decode: (buffer) => bfloat16Values(new Uint16Array(buffer)) }],
  ["F32", { bytes: 4, decode: (buffer) => new Float32Array(buffer) }],
  ["F64", { bytes: 8, decode: (buffer) => Float32Array.from(new Float64Array(buffer)) }],
]);

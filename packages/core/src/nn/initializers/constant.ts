import { sizeOf } from "../../graph/tensor-type.ts";
import type { Initializer } from "./initializer.ts";

/** All values 0. */
export function zeros(): Initializer {
  return { className: "Zeros", config: {}, values: (shape) => new Float32Array(sizeOf(shape)) };
}

/** All values 1. */
export function ones(): Initializer {
  return { className: "Ones", config: {}, values: (shape) => new Float32Array(sizeOf(shape)).fill(1) };
}

/** All values alike. */
export function constant(value = 0): Initializer {
  return { className: "Constant", config: { value }, values: (shape) => new Float32Array(sizeOf(shape)).fill(value) };
}

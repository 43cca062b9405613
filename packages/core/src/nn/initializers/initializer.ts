import type { Shape } from "../../graph/tensor-type.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { RandomBits } from "../random/random-bits.ts";

/** Gives variables their first values. */
export interface Initializer {
  /** Keras's name, such as `GlorotUniform`. */
  readonly className: string;
  readonly config: KerasConfig;
  /** The initializer's own seed: with it every variable of a shape starts alike, as in Keras. */
  readonly seed?: number | undefined;
  /** Values for a variable in row-major order. Values that are not random ignore `bits`. */
  values(shape: Shape, bits: RandomBits): Float32Array;
}

export interface SeedOption {
  /** A fixed seed; without it, the values follow `setRandomSeed`. */
  readonly seed?: number;
}

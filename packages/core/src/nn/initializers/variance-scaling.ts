/** Random values whose variance follows from the number of connections, and the named settings of that rule. */
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { RandomBits } from "../random/random-bits.ts";
import { drawNormal, drawTruncatedNormal, drawUniform } from "./distributions.ts";
import { computeFans } from "./fans.ts";
import type { Initializer, SeedOption } from "./initializer.ts";

export type FanMode = "fanIn" | "fanOut" | "fanAvg";
export type ScalingDistribution = "uniform" | "truncatedNormal" | "untruncatedNormal";

export interface VarianceScalingOptions extends SeedOption {
  /** 1 unless given. */
  readonly scale?: number;
  /** `fanIn` unless given. */
  readonly mode?: FanMode;
  /** `truncatedNormal` unless given. */
  readonly distribution?: ScalingDistribution;
}

const KERAS_NAMES = {
  fanIn: "fan_in",
  fanOut: "fan_out",
  fanAvg: "fan_avg",
  uniform: "uniform",
  truncatedNormal: "truncated_normal",
  untruncatedNormal: "untruncated_normal",
} as const;

const COUNT_CONNECTIONS: Readonly<Record<FanMode, (fanIn: number, fanOut: number) => number>> = {
  fanIn: (fanIn) => fanIn,
  fanOut: (_, fanOut) => fanOut,
  fanAvg: (fanIn, fanOut) => (fanIn + fanOut) / 2,
};

/** Standard deviation of a standard normal that is cut at ±2. */
const TRUNCATED_DEVIATION = 0.8796256610342398;

const DRAW: Readonly<Record<ScalingDistribution, (count: number, bits: RandomBits, variance: number) => Float32Array>> =
  {
    uniform: (count, bits, variance) => drawUniform(count, bits, -Math.sqrt(3 * variance), Math.sqrt(3 * variance)),
    truncatedNormal: (count, bits, variance) =>
      drawTruncatedNormal(count, bits, 0, Math.sqrt(variance) / TRUNCATED_DEVIATION),
    untruncatedNormal: (count, bits, variance) => drawNormal(count, bits, 0, Math.sqrt(variance)),
  };

/**
 * Values of variance `scale / n`, n being the connections that `mode` counts.
 *
 * @throws RangeError when the scale is not positive.
 */
export function varianceScaling(options: VarianceScalingOptions = {}): Initializer {
  const { scale = 1, mode = "fanIn", distribution = "truncatedNormal", seed } = options;
  if (!(scale > 0)) throw new RangeError(`the scale of varianceScaling must be positive; ${scale} came`);
  return {
    className: "VarianceScaling",
    config: {
      scale,
      mode: KERAS_NAMES[mode],
      distribution: KERAS_NAMES[distribution],
      ...seedAndAxes(seed),
    },
    seed,
    values: (shape, bits) => scaled(shape, bits, { scale, mode, distribution }),
  };
}

/** Glorot and Bengio 2010, uniform: limits ±√(6 / (fan in + fan out)). */
export function glorotUniform(options: SeedOption = {}): Initializer {
  return named("GlorotUniform", { scale: 1, mode: "fanAvg", distribution: "uniform" }, options);
}

/** Glorot and Bengio 2010, truncated normal: variance 2 / (fan in + fan out). */
export function glorotNormal(options: SeedOption = {}): Initializer {
  return named("GlorotNormal", { scale: 1, mode: "fanAvg", distribution: "truncatedNormal" }, options);
}

/** He et al. 2015, uniform: limits ±√(6 / fan in). */
export function heUniform(options: SeedOption = {}): Initializer {
  return named("HeUniform", { scale: 2, mode: "fanIn", distribution: "uniform" }, options);
}

/** He et al. 2015, truncated normal: variance 2 / fan in. */
export function heNormal(options: SeedOption = {}): Initializer {
  return named("HeNormal", { scale: 2, mode: "fanIn", distribution: "truncatedNormal" }, options);
}

/** LeCun et al. 1998, uniform: limits ±√(3 / fan in). */
export function lecunUniform(options: SeedOption = {}): Initializer {
  return named("LecunUniform", { scale: 1, mode: "fanIn", distribution: "uniform" }, options);
}

/** LeCun et al. 1998, truncated normal: variance 1 / fan in. */
export function lecunNormal(options: SeedOption = {}): Initializer {
  return named("LecunNormal", { scale: 1, mode: "fanIn", distribution: "truncatedNormal" }, options);
}

type Scaling = Required<Omit<VarianceScalingOptions, "seed">>;

function named(className: string, scaling: Scaling, { seed }: SeedOption): Initializer {
  return { className, config: seedAndAxes(seed), seed, values: (shape, bits) => scaled(shape, bits, scaling) };
}

function scaled(shape: Shape, bits: RandomBits, { scale, mode, distribution }: Scaling): Float32Array {
  const { fanIn, fanOut } = computeFans(shape);
  return DRAW[distribution](sizeOf(shape), bits, scale / Math.max(1, COUNT_CONNECTIONS[mode](fanIn, fanOut)));
}

/** Keras also writes axes that would count the connections otherwise. */
function seedAndAxes(seed: number | undefined): KerasConfig {
  return { seed: seed ?? null, input_axes: null, output_axes: null };
}

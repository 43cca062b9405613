/** Initializers by their Keras names, for options given as strings and for model files. */
import type { JsonValue, KerasConfig, KerasObject } from "../keras-object.ts";
import { kerasObject } from "../keras-object.ts";
import { toSnakeCase } from "../names.ts";
import { describeUnknown } from "../nearest-name.ts";
import { constant, ones, zeros } from "./constant.ts";
import { identity } from "./identity.ts";
import type { Initializer, SeedOption } from "./initializer.ts";
import { orthogonal } from "./orthogonal.ts";
import { randomNormal } from "./random-normal.ts";
import { randomUniform } from "./random-uniform.ts";
import { stft } from "./stft.ts";
import type { StftOptions } from "./stft.ts";
import { truncatedNormal } from "./truncated-normal.ts";
import {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  varianceScaling,
} from "./variance-scaling.ts";
import type { FanMode, ScalingDistribution } from "./variance-scaling.ts";

type FromConfig = (config: KerasConfig) => Initializer;

const INITIALIZERS: Readonly<Record<string, FromConfig>> = {
  Zeros: () => zeros(),
  Ones: () => ones(),
  Constant: (config) => constant(numberOf(config, "value") ?? 0),
  Identity: (config) => identity(defined({ gain: numberOf(config, "gain") })),
  Orthogonal: (config) => orthogonal(defined({ gain: numberOf(config, "gain"), ...seedOf(config) })),
  RandomUniform: (config) => randomUniform(numbersOf(config, ["minval", "maxval", "seed"])),
  RandomNormal: (config) => randomNormal(numbersOf(config, ["mean", "stddev", "seed"])),
  STFT: (config) => stft(stftOptions(config)),
  TruncatedNormal: (config) => truncatedNormal(numbersOf(config, ["mean", "stddev", "seed"])),
  GlorotUniform: (config) => glorotUniform(seedOf(config)),
  GlorotNormal: (config) => glorotNormal(seedOf(config)),
  HeUniform: (config) => heUniform(seedOf(config)),
  HeNormal: (config) => heNormal(seedOf(config)),
  LecunUniform: (config) => lecunUniform(seedOf(config)),
  LecunNormal: (config) => lecunNormal(seedOf(config)),
  VarianceScaling: (config) =>
    varianceScaling({
      ...numbersOf(config, ["scale", "seed"]),
      mode: choice(config, "mode", FAN_MODES, "fan_in"),
      distribution: choice(config, "distribution", DISTRIBUTIONS, "truncated_normal"),
    }),
};

const FAN_MODES: Readonly<Record<string, FanMode>> = { fan_in: "fanIn", fan_out: "fanOut", fan_avg: "fanAvg" };
const DISTRIBUTIONS: Readonly<Record<string, ScalingDistribution>> = {
  uniform: "uniform",
  truncated_normal: "truncatedNormal",
  normal: "truncatedNormal",
  untruncated_normal: "untruncatedNormal",
};

/** An initializer, or the name of one in any of Keras's spellings: `glorotUniform`, `glorot_uniform`, `GlorotUniform`. */
export type InitializerLike = Initializer | string;

/**
 * The initializer of a name.
 *
 * @throws RangeError when there is none of that name.
 */
export function getInitializer(initializer: InitializerLike): Initializer {
  return typeof initializer === "string" ? initializerFromConfig(initializer, {}) : initializer;
}

/**
 * The initializer that Keras wrote into a model file.
 *
 * @throws RangeError when the class is unknown.
 */
export function initializerFromConfig(className: string, config: KerasConfig): Initializer {
  const wanted = comparable(className);
  const known = Object.keys(INITIALIZERS).find((name) => comparable(name) === wanted);
  const make = known === undefined ? undefined : INITIALIZERS[known];
  if (make !== undefined) return make(config);
  throw new RangeError(`unknown initializer ${describeUnknown(className, Object.keys(INITIALIZERS).map(toSnakeCase))}`);
}

/** The initializer as Keras writes it into a model file. */
export function initializerToKeras({ className, config }: Initializer): KerasObject {
  return kerasObject("keras.initializers", className, config);
}

function comparable(name: string): string {
  return name
    .replaceAll("_", "")
    .toLowerCase()
    .replace(/initializer$/u, "");
}

function numberOf(config: KerasConfig, key: string): number | undefined {
  const value: JsonValue | undefined = config[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") return value;
  throw new RangeError(`"${key}" of an initializer must be a number; ${JSON.stringify(value)} came`);
}

/** The initializer checks what they hold. */
function stftOptions(config: KerasConfig): StftOptions {
  const keys = ["side", "window", "scaling", "periodic"];
  return Object.fromEntries(keys.flatMap((key) => (config[key] === undefined ? [] : [[key, config[key]]])));
}

function seedOf(config: KerasConfig): SeedOption {
  return numbersOf(config, ["seed"]);
}

function numbersOf<Key extends string>(config: KerasConfig, keys: readonly Key[]): { readonly [K in Key]?: number } {
  return defined(Object.fromEntries(keys.map((key) => [key, numberOf(config, key)]))) as {
    readonly [K in Key]?: number;
  };
}

function defined(values: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}

function choice<T>(config: KerasConfig, key: string, table: Readonly<Record<string, T>>, fallback: string): T {
  const value = config[key] ?? fallback;
  const name = typeof value === "string" ? value : JSON.stringify(value);
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found !== undefined) return found;
  throw new RangeError(`unknown ${key} ${describeUnknown(name, Object.keys(table))}`);
}

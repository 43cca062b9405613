/** What layers have in common that disturb a model while it trains, so that it does not rely on any one number. */
import type { Node } from "../../graph/node.ts";
import type { RandomOptions } from "../../ops/random.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";

export interface NoiseOptions extends LayerOptions {
  /** A whole number from 0 to 2³² − 1 beside the seed of the training; 0 unless given. */
  readonly seed?: number | undefined;
}

export abstract class NoiseLayer extends Layer {
  readonly seed: number | undefined;

  constructor(className: string, { seed, ...options }: NoiseOptions) {
    super(className, options);
    if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
      throw new RangeError(`the seed of ${className} must be a whole number from 0 to ${2 ** 32 - 1}; ${seed} came`);
    }
    this.seed = seed;
  }

  /** Outside of training, nothing changes. */
  protected lower({ training, randomStream }: LowerContext, [x]: readonly [Node]): readonly Node[] {
    return [training ? this.disturb(x, { stream: randomStream(), seed: this.seed ?? 0 }) : x];
  }

  /** What training makes of x. */
  protected abstract disturb(x: Node, random: RandomOptions): Node;

  protected settings(): KerasConfig {
    return { seed: this.seed ?? null };
  }
}

/** The options that Keras wrote into a model file. */
export function noiseOptions(config: ConfigReader): NoiseOptions {
  return { ...config.layerOptions(), seed: config.optionalNumber("seed") };
}

/** @throws RangeError unless the number lies from 0 to 1, both included. */
export function checkShare(className: string, option: string, value: number): number {
  if (value >= 0 && value <= 1) return value;
  throw new RangeError(`the ${option} of ${className} must be from 0 to 1; ${value} came`);
}

/** @throws RangeError unless the number lies from 0 to 1, and below 1: something must be left to scale. */
export function checkShareBelowOne(className: string, option: string, value: number): number {
  if (value >= 0 && value < 1) return value;
  throw new RangeError(`the ${option} of ${className} must be from 0 to below 1; ${value} came`);
}

import type { Node } from "../../graph/node.ts";
import { add, mul } from "../../ops/elementwise.ts";
import { randomNormal } from "../../ops/random.ts";
import type { RandomOptions } from "../../ops/random.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { Layer } from "./layer.ts";
import { checkShare, NoiseLayer, noiseOptions } from "./noise.ts";
import type { NoiseOptions } from "./noise.ts";

class GaussianNoise extends NoiseLayer {
  readonly stddev: number;

  constructor(stddev: number, options: NoiseOptions) {
    super("GaussianNoise", options);
    this.stddev = checkShare("GaussianNoise", "stddev", stddev);
  }

  protected disturb(x: Node, random: RandomOptions): Node {
    return this.stddev === 0 ? x : add(x, mul(randomNormal(x.type.shape, random), this.stddev));
  }

  protected override settings(): KerasConfig {
    return { stddev: this.stddev, ...super.settings() };
  }
}

/**
 * In training, adds normal noise of the mean 0.
 *
 * @param stddev the noise's standard deviation, from 0 to 1.
 * @throws RangeError when the standard deviation is another.
 *
 * @example
 * gaussianNoise(0.2)(image) // the begin of a denoising autoencoder
 */
export function gaussianNoise(stddev: number, options: NoiseOptions = {}): Layer {
  return new GaussianNoise(stddev, options);
}

export function gaussianNoiseFromConfig(config: ConfigReader): Layer {
  return gaussianNoise(config.number("stddev"), noiseOptions(config));
}

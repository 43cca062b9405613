import type { Node } from "../../graph/node.ts";
import { add, mul } from "../../ops/elementwise.ts";
import { randomNormal } from "../../ops/random.ts";
import type { RandomOptions } from "../../ops/random.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { Layer } from "./layer.ts";
import { checkShareBelowOne, NoiseLayer, noiseOptions } from "./noise.ts";
import type { NoiseOptions } from "./noise.ts";

class GaussianDropout extends NoiseLayer {
  readonly rate: number;

  constructor(rate: number, options: NoiseOptions) {
    super("GaussianDropout", options);
    this.rate = checkShareBelowOne("GaussianDropout", "rate", rate);
  }

  // The standard deviation is that of what dropout multiplies by.
  protected disturb(x: Node, random: RandomOptions): Node {
    if (this.rate === 0) return x;
    const stddev = Math.sqrt(this.rate / (1 - this.rate));
    return mul(x, add(mul(randomNormal(x.type.shape, random), stddev), 1));
  }

  protected override settings(): KerasConfig {
    return { rate: this.rate, ...super.settings() };
  }
}

/**
 * In training, multiplies by normal noise of the mean 1 and the standard deviation √(rate / (1 − rate)) (Srivastava et al. 2014,
 * section 10).
 *
 * @throws RangeError when the rate is not from 0 to below 1.
 */
export function gaussianDropout(rate: number, options: NoiseOptions = {}): Layer {
  return new GaussianDropout(rate, options);
}

export function gaussianDropoutFromConfig(config: ConfigReader): Layer {
  return gaussianDropout(config.number("rate"), noiseOptions(config));
}

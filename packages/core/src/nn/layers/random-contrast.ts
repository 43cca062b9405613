import type { Node } from "../../graph/node.ts";
import { add, clip, mul, sub } from "../../ops/elementwise.ts";
import { mean } from "../../ops/reduce.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { Layer } from "./layer.ts";
import { factorRange, readFactor, spread, valueRange } from "./random-factor.ts";
import type { FactorLike, Range } from "./random-factor.ts";
import { RandomImageLayer, randomImageOptions } from "./random-image-layer.ts";
import type { RandomImageOptions } from "./random-image-layer.ts";

export interface RandomColorOptions extends RandomImageOptions {
  /** The smallest and the largest value of images, [0, 255] unless given: what comes out is clipped to them. */
  readonly valueRange?: Range;
}

class RandomContrast extends RandomImageLayer {
  readonly factor: Range;
  readonly valueRange: Range;

  constructor(factor: FactorLike, options: RandomColorOptions) {
    super("RandomContrast", options);
    this.factor = factorRange("RandomContrast", "factor", factor, [0, 1]);
    this.valueRange = valueRange("RandomContrast", options.valueRange ?? [0, 255]);
  }

  protected get numDraws(): number {
    return 1;
  }

  // (x − mean) · contrast + mean, with the mean of each channel
  augment(image: Node, chances: Node): Node {
    const [lower, upper] = this.factor;
    const contrast = spread(chances, [[1 - lower, 1 + upper]]);
    const average = mean(image, [0, 1], { keepDims: true });
    return clip(add(mul(sub(image, average), contrast), average), ...this.valueRange);
  }

  protected override settings(): KerasConfig {
    return { ...super.settings(), factor: this.factor, value_range: this.valueRange };
  }
}

/**
 * In training, strengthens or weakens the contrast of images: [height, width, channels] → the same.
 *
 * @param factor [lower, upper] for contrasts from 1 − lower to 1 + upper. One number stands for [0, number], as in Keras 3,
 *   which never weakens the contrast.
 * @throws RangeError when the factor does not lie from 0 to 1.
 *
 * @example
 * randomContrast([0.3, 0.3], { valueRange: [0, 1] })(image)
 */
export function randomContrast(factor: FactorLike, options: RandomColorOptions = {}): Layer {
  return new RandomContrast(factor, options);
}

export function randomContrastFromConfig(config: ConfigReader): Layer {
  return randomContrast(readFactor(config, "factor"), randomColorOptions(config));
}

/** The options that Keras wrote into a model file. */
export function randomColorOptions(config: ConfigReader): RandomColorOptions {
  return { ...randomImageOptions(config), valueRange: config.pair("value_range") };
}

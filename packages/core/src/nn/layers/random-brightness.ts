import type { Node } from "../../graph/node.ts";
import { add, clip, mul } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { Layer } from "./layer.ts";
import { randomColorOptions } from "./random-contrast.ts";
import type { RandomColorOptions } from "./random-contrast.ts";
import { factorRange, readFactor, spread, valueRange } from "./random-factor.ts";
import type { FactorLike, Range } from "./random-factor.ts";
import { RandomImageLayer } from "./random-image-layer.ts";

class RandomBrightness extends RandomImageLayer {
  readonly factor: Range;
  readonly valueRange: Range;

  constructor(factor: FactorLike, options: RandomColorOptions) {
    super("RandomBrightness", options);
    this.factor = factorRange("RandomBrightness", "factor", factor, [-1, 1]);
    this.valueRange = valueRange("RandomBrightness", options.valueRange ?? [0, 255]);
  }

  protected get numDraws(): number {
    return 1;
  }

  augment(image: Node, chances: Node): Node {
    const [low, high] = this.valueRange;
    return clip(add(image, mul(spread(chances, [this.factor]), high - low)), low, high);
  }

  protected override settings(): KerasConfig {
    return { ...super.settings(), factor: this.factor, value_range: this.valueRange };
  }
}

/**
 * In training, makes images brighter or darker: [height, width, channels] → the same.
 *
 * @param factor the largest change as a share of the range of values, or its bounds.
 * @throws RangeError when the factor does not lie from −1 to 1.
 *
 * @example
 * randomBrightness(0.2, { valueRange: [0, 1] })(image)
 */
export function randomBrightness(factor: FactorLike, options: RandomColorOptions = {}): Layer {
  return new RandomBrightness(factor, options);
}

export function randomBrightnessFromConfig(config: ConfigReader): Layer {
  return randomBrightness(readFactor(config, "factor"), randomColorOptions(config));
}

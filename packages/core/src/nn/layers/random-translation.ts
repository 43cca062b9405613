import type { Node } from "../../graph/node.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { Layer } from "./layer.ts";
import { factorRange, readFactor, spread } from "./random-factor.ts";
import type { FactorLike, Range } from "./random-factor.ts";
import { RandomTransform, randomTransformOptions, sumOfTransforms } from "./random-transform.ts";
import type { ImageSize, RandomTransformOptions } from "./random-transform.ts";

class RandomTranslation extends RandomTransform {
  readonly heightFactor: FactorLike;
  readonly widthFactor: FactorLike;
  readonly #shifts: readonly Range[];

  constructor(heightFactor: FactorLike, widthFactor: FactorLike, options: RandomTransformOptions) {
    super("RandomTranslation", options);
    this.heightFactor = heightFactor;
    this.widthFactor = widthFactor;
    this.#shifts = [shiftRange("heightFactor", heightFactor), shiftRange("widthFactor", widthFactor)];
  }

  protected get numDraws(): number {
    return 2;
  }

  // x → x − shift · width, y → y − shift · height
  protected transform([height, width]: ImageSize, chances: Node): Node {
    return sumOfTransforms([1, 0, 0, 0, 1, 0, 0, 0], spread(chances, this.#shifts), [
      [0, 0, 0, 0, 0, -height, 0, 0],
      [0, 0, -width, 0, 0, 0, 0, 0],
    ]);
  }

  protected override settings(): KerasConfig {
    return { ...super.settings(), height_factor: this.heightFactor, width_factor: this.widthFactor };
  }
}

function shiftRange(option: string, factor: FactorLike): Range {
  const range = factorRange("RandomTranslation", option, factor, [-1, 1]);
  if (range.every((number) => number >= -1 && number <= 1)) return range;
  throw new RangeError(`${option} of RandomTranslation must lie from −1 to 1; ${JSON.stringify(factor)} came`);
}

/**
 * In training, moves images: [height, width, channels] → the same.
 *
 * @param heightFactor the largest shift as a share of the height, or its bounds; what is positive moves down.
 * @param widthFactor the same for the width; what is positive moves to the right.
 * @throws RangeError when a factor does not lie from −1 to 1.
 */
export function randomTranslation(
  heightFactor: FactorLike,
  widthFactor: FactorLike,
  options: RandomTransformOptions = {},
): Layer {
  return new RandomTranslation(heightFactor, widthFactor, options);
}

export function randomTranslationFromConfig(config: ConfigReader): Layer {
  const [height, width] = [readFactor(config, "height_factor"), readFactor(config, "width_factor")];
  return randomTranslation(height, width, randomTransformOptions(config));
}

import type { Node } from "../../graph/node.ts";
import { concatenate } from "../../ops/concatenate.ts";
import { cosTurns, sinTurns } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { Layer } from "./layer.ts";
import { factorRange, readFactor, spread } from "./random-factor.ts";
import type { FactorLike, Range } from "./random-factor.ts";
import { RandomTransform, randomTransformOptions, sumOfTransforms } from "./random-transform.ts";
import type { ImageSize, RandomTransformOptions } from "./random-transform.ts";

class RandomRotation extends RandomTransform {
  /** Bounds of the angle, in turns. */
  readonly factor: Range;

  constructor(factor: FactorLike, options: RandomTransformOptions) {
    super("RandomRotation", options);
    this.factor = factorRange("RandomRotation", "factor", factor, [-1, 1]);
  }

  protected get numDraws(): number {
    return 1;
  }

  // About the centre (cx, cy): a0 = b1 = cos θ, b0 = −a1 = sin θ, a2 = cx − cx · a0 − cy · a1, b2 = cy − cx · b0 − cy · b1
  protected transform([height, width]: ImageSize, chances: Node): Node {
    const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
    const turns = spread(chances, [this.factor]);
    return sumOfTransforms([0, 0, cx, 0, 0, cy, 0, 0], concatenate([cosTurns(turns), sinTurns(turns)], 0), [
      [1, 0, -cx, 0, 1, -cy, 0, 0],
      [0, -1, cy, 1, 0, -cx, 0, 0],
    ]);
  }

  protected override settings(): KerasConfig {
    return { ...super.settings(), factor: this.factor };
  }
}

/**
 * In training, turns images about their centre: [height, width, channels] → the same.
 *
 * @param factor the largest angle in turns, 0.1 being 36 degrees, or its bounds; what is positive turns counter-clockwise.
 * @throws RangeError when the factor does not lie between −1 and 1.
 *
 * @example
 * randomRotation(0.05, { fillMode: "constant" })(image)
 */
export function randomRotation(factor: FactorLike, options: RandomTransformOptions = {}): Layer {
  return new RandomRotation(factor, options);
}

export function randomRotationFromConfig(config: ConfigReader): Layer {
  return randomRotation(readFactor(config, "factor"), randomTransformOptions(config));
}

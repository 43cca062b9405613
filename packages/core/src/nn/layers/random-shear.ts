import type { Node } from "../../graph/node.ts";
import { greater, mul, where } from "../../ops/elementwise.ts";
import { slice } from "../../ops/slice.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { Layer } from "./layer.ts";
import { factorRange, readFactor, spread } from "./random-factor.ts";
import type { FactorLike, Range } from "./random-factor.ts";
import { RandomTransform, randomTransformOptions, sumOfTransforms } from "./random-transform.ts";
import type { ImageSize, RandomTransformOptions } from "./random-transform.ts";

class RandomShear extends RandomTransform {
  readonly xFactor: FactorLike;
  readonly yFactor: FactorLike;
  /** Bounds of the shears in the order in which they are drawn: down the columns, along the rows. */
  readonly #shears: readonly Range[];

  constructor(xFactor: FactorLike, yFactor: FactorLike, options: RandomTransformOptions) {
    super("RandomShear", options);
    this.xFactor = asGiven(xFactor);
    this.yFactor = asGiven(yFactor);
    this.#shears = [shearRange("yFactor", this.yFactor), shearRange("xFactor", this.xFactor)];
  }

  protected get numDraws(): number {
    return 3;
  }

  // x → x + sx · y, y → y + sy · x, both the other way in one image of two
  protected transform(_: ImageSize, chances: Node): Node {
    const isInverted = greater(slice(chances, { begin: [0], size: [1] }), 0.5);
    const shears = spread(slice(chances, { begin: [1], size: [2] }), this.#shears);
    return sumOfTransforms([1, 0, 0, 0, 1, 0, 0, 0], mul(shears, where(isInverted, -1, 1)), [
      [0, 0, 0, 1, 0, 0, 0, 0],
      [0, 1, 0, 0, 0, 0, 0, 0],
    ]);
  }

  protected override settings(): KerasConfig {
    return { ...super.settings(), x_factor: this.xFactor, y_factor: this.yFactor };
  }
}

/** Keras writes [−f, f] for the number f, and then refuses to read it: in files of ours it stays the number. */
function asGiven(factor: FactorLike): FactorLike {
  const isSymmetric = typeof factor !== "number" && factor[1] > 0 && factor[0] === -factor[1];
  return isSymmetric ? factor[1] : factor;
}

function shearRange(option: string, factor: FactorLike): Range {
  if ([factor].flat().every((number) => number >= 0 && number <= 1)) {
    return typeof factor === "number" ? [-factor, factor] : factorRange("RandomShear", option, factor, [0, 1]);
  }
  throw new RangeError(
    `${option} of RandomShear must be a number from 0 to 1, or a list of two between which it is drawn; ` +
      `${JSON.stringify(factor)} came`,
  );
}

/**
 * In training, shears images, about their corner on the upper left: [height, width, channels] → the same.
 *
 * @param xFactor the largest shift of a row in either direction, as a share of its distance from the top, or bounds from 0 to 1.
 * @param yFactor the same for columns and their distance from the left; none unless given.
 * @throws RangeError when a factor does not lie from 0 to 1.
 *
 * @example
 * randomShear(0.2, 0.1)(image)
 */
export function randomShear(xFactor: FactorLike, yFactor: FactorLike = 0, options: RandomTransformOptions = {}): Layer {
  return new RandomShear(xFactor, yFactor, options);
}

export function randomShearFromConfig(config: ConfigReader): Layer {
  return randomShear(readFactor(config, "x_factor"), readFactor(config, "y_factor"), randomTransformOptions(config));
}

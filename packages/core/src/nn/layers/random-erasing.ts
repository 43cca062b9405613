import type { Node } from "../../graph/node.ts";
import { add, clip, greater, greaterEqual, mul, sqrt, sub, where } from "../../ops/elementwise.ts";
import { randomNormal, randomUniform } from "../../ops/random.ts";
import type { RandomOptions } from "../../ops/random.ts";
import { slice } from "../../ops/slice.ts";
import { reshape } from "../../ops/shape.ts";
import type { ConfigReader } from "../config-reader.ts";
import { constantTensor } from "../constant-tensor.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { Layer } from "./layer.ts";
import { randomColorOptions } from "./random-contrast.ts";
import type { RandomColorOptions } from "./random-contrast.ts";
import { factorRange, readFactor, spread, valueRange } from "./random-factor.ts";
import type { FactorLike, Range } from "./random-factor.ts";
import { RandomImageLayer } from "./random-image-layer.ts";

export interface RandomErasingOptions extends RandomColorOptions {
  /** The smallest and the largest part as a share of the image's area, drawn for each side by itself; [0.02, 0.33] unless given. */
  readonly scale?: FactorLike;
  /** What takes the part's place, in all channels or in red, green and blue; normal noise unless given. Clipped to the range of values. */
  readonly fillValue?: number | readonly [red: number, green: number, blue: number] | undefined;
}

class RandomErasing extends RandomImageLayer {
  readonly factor: Range;
  readonly scale: Range;
  readonly fillValue: RandomErasingOptions["fillValue"];
  readonly valueRange: Range;

  constructor(factor: FactorLike, options: RandomErasingOptions) {
    super("RandomErasing", options);
    this.factor = factorRange("RandomErasing", "factor", factor, [0, 1]);
    this.scale = areaRange(options.scale ?? [0.02, 0.33]);
    this.fillValue = checkFill(options.fillValue);
    this.valueRange = valueRange("RandomErasing", options.valueRange ?? [0, 255]);
  }

  protected get numDraws(): number {
    return 6;
  }

  augment(image: Node, chances: Node): Node {
    return this.#erase(image, chances, this.#constantFill());
  }

  protected override disturb(image: Node, random: RandomOptions): Node {
    const chances = randomUniform([this.numDraws], random);
    if (this.fillValue !== undefined) return this.augment(image, chances);
    // Another key of the generator: the same stream would give the bits of the chances again.
    const noise = randomNormal(image.type.shape, { ...random, seed: ((random.seed ?? 0) + 1) % 2 ** 32 });
    return this.#erase(image, chances, mul(noise, this.valueRange[1]));
  }

  // Pixels x0 ≤ x < x0 + √scale · width, and rows alike, in images whose chance lies below a probability.
  #erase(image: Node, chances: Node, fill: Node): Node {
    const [height, width] = image.type.shape as [number, number, number];
    const part = (begin: number, size: number): Node => slice(chances, { begin: [begin], size: [size] });
    const sides = sqrt(spread(part(0, 2), [this.scale, this.scale]));
    const side = (index: number): Node => slice(sides, { begin: [index], size: [1] });
    const isErased = greater(spread(part(4, 1), [this.factor]), part(5, 1));
    const isInside = mul(
      mul(within(width, side(0), part(2, 1)), reshape(within(height, side(1), part(3, 1)), [height, 1])),
      isErased,
    );
    return where(reshape(isInside, [height, width, 1]), clip(fill, ...this.valueRange), image);
  }

  #constantFill(): Node {
    const { fillValue = 0 } = this;
    const values = [fillValue].flat();
    return constantTensor("fill", [values.length], Float32Array.from(values));
  }

  protected override settings(): KerasConfig {
    const { factor, scale, fillValue = null, valueRange: range } = this;
    return { ...super.settings(), factor, scale, fill_value: fillValue, value_range: range };
  }
}

/** Which of `length` places lie in a part of so large a share that begins anywhere: [length]. */
function within(length: number, share: Node, chance: Node): Node {
  const places = constantTensor(
    "places",
    [length],
    Float32Array.from({ length }, (_, place) => place),
  );
  const extent = mul(share, length);
  const start = mul(chance, sub(length, extent));
  return mul(greaterEqual(places, start), greater(add(start, extent), places));
}

function areaRange(scale: FactorLike): Range {
  const range = factorRange("RandomErasing", "scale", scale, [0, 1]);
  if (range[0] >= 0 && range[1] <= 1) return range;
  throw new RangeError(`scale of RandomErasing must lie from 0 to 1; ${JSON.stringify(scale)} came`);
}

function checkFill(fillValue: RandomErasingOptions["fillValue"]): RandomErasingOptions["fillValue"] {
  const values = [fillValue ?? 0].flat();
  if (values.every(Number.isFinite) && (!Array.isArray(fillValue) || values.length === 3)) return fillValue;
  throw new RangeError(
    `fillValue of RandomErasing must be a number, or a list of three for red, green and blue; ${JSON.stringify(fillValue)} came`,
  );
}

/**
 * In training, puts a number or noise in place of a rectangle of each image: [height, width, channels] → the same (Z. Zhong et al.:
 * Random erasing data augmentation, 2020). As in Keras, each side is the square root of a share that is drawn by itself.
 *
 * @param factor the probability that an image loses a part, drawn between its bounds for each image. One number stands for [0, number],
 *   as in Keras 3: half of it on average. [1, 1] erases a part of every image.
 * @throws RangeError when the factor or the scale does not lie from 0 to 1, or a fill value is no number.
 *
 * @example
 * randomErasing([1, 1], { scale: [0.0625, 0.0625], fillValue: 0, valueRange: [0, 1] })(image) // a quarter of each side
 */
export function randomErasing(factor: FactorLike = 1, options: RandomErasingOptions = {}): Layer {
  return new RandomErasing(factor, options);
}

export function randomErasingFromConfig(config: ConfigReader): Layer {
  const fillValue = config.isList("fill_value")
    ? (config.numbers("fill_value") as [number, number, number])
    : config.optionalNumber("fill_value");
  const scale = readFactor(config, "scale");
  return randomErasing(readFactor(config, "factor"), { ...randomColorOptions(config), scale, fillValue });
}

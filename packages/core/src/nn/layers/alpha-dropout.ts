import type { Node } from "../../graph/node.ts";
import { add, greaterEqual, mul, where } from "../../ops/elementwise.ts";
import { randomUniform } from "../../ops/random.ts";
import type { RandomOptions } from "../../ops/random.ts";
import { SELU_ALPHA, SELU_SCALE } from "../activations/rectifiers.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { DropoutOptions } from "./dropout.ts";
import type { Layer } from "./layer.ts";
import { checkShareBelowOne, NoiseLayer, noiseOptions } from "./noise.ts";
import { checkNoiseShape, drawnShape, readNoiseShape } from "./noise-shape.ts";
import type { NoiseShape } from "./noise-shape.ts";

/** What selu tends to for large negative numbers. */
const SATURATION = -SELU_ALPHA * SELU_SCALE;

class AlphaDropout extends NoiseLayer {
  readonly rate: number;
  readonly noiseShape: NoiseShape | undefined;

  constructor(rate: number, { noiseShape, ...options }: DropoutOptions) {
    super("AlphaDropout", options);
    this.rate = checkShareBelowOne("AlphaDropout", "rate", rate);
    this.noiseShape = checkNoiseShape("AlphaDropout", noiseShape);
  }

  // a · (x or the saturation) + b, with a and b such that the mean 0 and the variance 1 stay
  protected disturb(x: Node, random: RandomOptions): Node {
    const { rate } = this;
    if (rate === 0) return x;
    const a = 1 / Math.sqrt((1 - rate) * (1 + rate * SATURATION ** 2));
    const b = -a * SATURATION * rate;
    const drawn = randomUniform(drawnShape(this.noiseShape, x.type.shape), random);
    return where(greaterEqual(drawn, rate), add(mul(x, a), b), a * SATURATION + b);
  }

  protected override settings(): KerasConfig {
    return { rate: this.rate, ...super.settings(), noise_shape: this.noiseShape ?? null };
  }
}

/**
 * In training, sets a share of the numbers to what selu tends to for large negative numbers, and scales all so that mean 0 and
 * variance 1 stay: dropout for networks of selu (Klambauer et al. 2017, arXiv:1706.02515).
 *
 * @throws RangeError when the rate is not from 0 to below 1.
 */
export function alphaDropout(rate: number, options: DropoutOptions = {}): Layer {
  return new AlphaDropout(rate, options);
}

export function alphaDropoutFromConfig(config: ConfigReader): Layer {
  return alphaDropout(config.number("rate"), { ...noiseOptions(config), noiseShape: readNoiseShape(config) });
}

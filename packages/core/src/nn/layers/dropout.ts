import type { Node } from "../../graph/node.ts";
import { greaterEqual, mul, where } from "../../ops/elementwise.ts";
import { randomUniform } from "../../ops/random.ts";
import type { RandomOptions } from "../../ops/random.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { Layer } from "./layer.ts";
import { checkShare, NoiseLayer, noiseOptions } from "./noise.ts";
import type { NoiseOptions } from "./noise.ts";
import { checkNoiseShape, drawnShape, readNoiseShape } from "./noise-shape.ts";
import type { NoiseShape } from "./noise-shape.ts";

export interface DropoutOptions extends NoiseOptions {
  /** The shape of what is drawn, the batch in front; that of the input unless given. */
  readonly noiseShape?: NoiseShape | undefined;
}

class Dropout extends NoiseLayer {
  readonly rate: number;
  readonly noiseShape: NoiseShape | undefined;

  constructor(rate: number, { noiseShape, ...options }: DropoutOptions) {
    super("Dropout", options);
    this.rate = checkShare("Dropout", "rate", rate);
    this.noiseShape = checkNoiseShape("Dropout", noiseShape);
  }

  protected disturb(x: Node, random: RandomOptions): Node {
    return drop(x, this.rate, drawnShape(this.noiseShape, x.type.shape), random);
  }

  protected override settings(): KerasConfig {
    return { rate: this.rate, ...super.settings(), noise_shape: this.noiseShape ?? null };
  }
}

/**
 * Sets a share of the numbers to 0; what is kept grows by 1 / (1 − rate), so that the mean stays.
 *
 * @param drawn the shape of what is drawn, which broadcasts to that of x.
 */
export function drop(x: Node, rate: number, drawn: Shape, random: RandomOptions): Node {
  if (rate === 0) return x;
  if (rate === 1) return mul(x, 0);
  return where(greaterEqual(randomUniform(drawn, random), rate), mul(x, 1 / (1 - rate)), 0);
}

/**
 * In training, sets a share of the numbers to 0, chosen anew for each sample and step (Srivastava et al. 2014).
 *
 * @throws RangeError when the rate is not from 0 to 1.
 */
export function dropout(rate: number, options: DropoutOptions = {}): Layer {
  return new Dropout(rate, options);
}

export function dropoutFromConfig(config: ConfigReader): Layer {
  return dropout(config.number("rate"), { ...noiseOptions(config), noiseShape: readNoiseShape(config) });
}

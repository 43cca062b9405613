import type { Node } from "../../graph/node.ts";
import { greaterEqual, mul, where } from "../../ops/elementwise.ts";
import { randomUniform } from "../../ops/random.ts";
import type { KerasConfig } from "../keras-object.ts";
import { checkSeed } from "../random/random-bits.ts";
import type { ConfigReader } from "../config-reader.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";

export interface DropoutOptions extends LayerOptions {
  /** Without it, what is dropped follows the seed of the training. */
  readonly seed?: number;
}

class Dropout extends Layer {
  readonly rate: number;
  readonly #seed: number | undefined;

  constructor(rate: number, options: DropoutOptions) {
    super("Dropout", options);
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`the rate of Dropout must be from 0 to 1; ${rate} came`);
    if (options.seed !== undefined) checkSeed(options.seed);
    this.rate = rate;
    this.#seed = options.seed;
  }

  // Outside of training, nothing changes. In it, what is kept grows by 1 / (1 − rate), so that the mean stays.
  protected lower({ training, randomStream }: LowerContext, [x]: readonly [Node]): readonly Node[] {
    if (!training || this.rate === 0) return [x];
    if (this.rate === 1) return [mul(x, 0)];
    const seed = this.#seed === undefined ? {} : { seed: this.#seed };
    const chance = randomUniform(x.type.shape, { stream: randomStream(), ...seed });
    return [where(greaterEqual(chance, this.rate), mul(x, 1 / (1 - this.rate)), 0)];
  }

  protected settings(): KerasConfig {
    return { rate: this.rate, seed: this.#seed ?? null, noise_shape: null };
  }
}

/** In training, sets a share of the numbers to 0, chosen anew for each sample and step (Srivastava et al. 2014). */
export function dropout(rate: number, options: DropoutOptions = {}): Layer {
  return new Dropout(rate, options);
}

export function dropoutFromConfig(config: ConfigReader): Layer {
  config.requireOnly({ noise_shape: null });
  const seed = config.optionalNumber("seed");
  return dropout(config.number("rate"), { ...config.layerOptions(), ...(seed === undefined ? {} : { seed }) });
}

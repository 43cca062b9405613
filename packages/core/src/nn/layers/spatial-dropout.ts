/** Dropout of whole channels: neighbouring pixels are so alike that dropping some of them hides little (Tompson et al. 2014, arXiv:1411.4280). */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import type { RandomOptions } from "../../ops/random.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { drop } from "./dropout.ts";
import type { Layer } from "./layer.ts";
import { checkShare, NoiseLayer, noiseOptions } from "./noise.ts";
import type { NoiseOptions } from "./noise.ts";
import { checkOnly } from "./option-checks.ts";

export interface SpatialDropout2dOptions extends NoiseOptions {
  /** Only `channels_last` so far. */
  readonly dataFormat?: "channels_last";
}

class SpatialDropout extends NoiseLayer {
  readonly rate: number;
  readonly #numAxes: number;

  constructor(className: string, rate: number, numAxes: number, options: NoiseOptions) {
    super(className, options);
    this.rate = checkShare(className, "rate", rate);
    this.#numAxes = numAxes;
  }

  protected override lower(...call: Parameters<NoiseLayer["lower"]>): readonly Node[] {
    const { shape } = call[1][0].type;
    if (shape.length === this.#numAxes) return super.lower(...call);
    const expected = this.#numAxes === 2 ? "sequences [steps, channels]" : "images [height, width, channels]";
    throw new GraphError(`it needs ${expected}, not ${formatShape(shape)}`);
  }

  protected disturb(x: Node, random: RandomOptions): Node {
    const drawn = x.type.shape.map((size, axis) => (axis === this.#numAxes - 1 ? size : 1));
    return drop(x, this.rate, drawn, random);
  }

  protected override settings(): KerasConfig {
    const dataFormat: KerasConfig = this.#numAxes === 3 ? { data_format: "channels_last" } : {};
    return { rate: this.rate, ...super.settings(), ...dataFormat };
  }

  /** Keras's class does not know `trainable` and penalties on outputs. */
  override getConfig(): KerasConfig {
    const { trainable: _, activity_regularizer: __, ...config } = super.getConfig();
    return config;
  }
}

/**
 * In training, sets a share of the channels of a sequence [steps, channels] to 0.
 *
 * @throws RangeError when the rate is not from 0 to 1.
 */
export function spatialDropout1d(rate: number, options: NoiseOptions = {}): Layer {
  return new SpatialDropout("SpatialDropout1D", rate, 2, options);
}

/**
 * In training, sets a share of the channels of an image [height, width, channels] to 0.
 *
 * @throws RangeError when the rate is not from 0 to 1.
 */
export function spatialDropout2d(rate: number, { dataFormat, ...options }: SpatialDropout2dOptions = {}): Layer {
  checkOnly("SpatialDropout2D", "dataFormat", dataFormat, "channels_last");
  return new SpatialDropout("SpatialDropout2D", rate, 3, options);
}

export function spatialDropout1dFromConfig(config: ConfigReader): Layer {
  return spatialDropout1d(config.number("rate"), noiseOptions(config));
}

export function spatialDropout2dFromConfig(config: ConfigReader): Layer {
  config.requireOnly({ data_format: "channels_last" });
  return spatialDropout2d(config.number("rate"), noiseOptions(config));
}

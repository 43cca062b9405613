/** What layers have in common that change images at random while a model trains, so that it meets none of them twice. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { randomUniform } from "../../ops/random.ts";
import type { RandomOptions } from "../../ops/random.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { LowerContext } from "./layer.ts";
import { NoiseLayer, noiseOptions } from "./noise.ts";
import type { NoiseOptions } from "./noise.ts";
import { checkOnly } from "./option-checks.ts";

export interface RandomImageOptions extends NoiseOptions {
  /** Only `channels_last` so far. */
  readonly dataFormat?: "channels_last";
}

export abstract class RandomImageLayer extends NoiseLayer {
  constructor(className: string, { dataFormat, ...options }: RandomImageOptions) {
    super(className, options);
    checkOnly(className, "dataFormat", dataFormat, "channels_last");
  }

  /** How many random numbers each image takes. */
  protected abstract get numDraws(): number;

  /**
   * What training makes of images [height, width, channels].
   *
   * @param chances `[numDraws]` numbers from 0 to 1 of each sample, in the order in which Keras draws them.
   */
  abstract augment(image: Node, chances: Node): Node;

  protected override lower(context: LowerContext, [x]: readonly [Node]): readonly Node[] {
    if (x.type.shape.length === 3) return super.lower(context, [x]);
    throw new GraphError(`it needs images [height, width, channels], not ${formatShape(x.type.shape)}`);
  }

  protected disturb(x: Node, random: RandomOptions): Node {
    return this.augment(x, randomUniform([this.numDraws], random));
  }

  protected override settings(): KerasConfig {
    return { ...super.settings(), data_format: "channels_last" };
  }
}

/** The options that Keras wrote into a model file. */
export function randomImageOptions(config: ConfigReader): RandomImageOptions {
  config.requireOnly({ data_format: "channels_last" });
  return noiseOptions(config);
}

/** Layers that take one number of each whole channel. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { max, mean } from "../../ops/reduce.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { checkOnly } from "./option-checks.ts";

export interface GlobalPoolingOptions extends LayerOptions {
  /** Whether to keep the pooled axes, with size 1; false unless given. */
  readonly keepDims?: boolean;
  /** Only `channels_last` so far. */
  readonly dataFormat?: "channels_last";
}

interface Kind {
  readonly className: string;
  readonly reduce: typeof mean;
  /** How many axes are pooled. */
  readonly rank: 1 | 2;
}

const AVERAGE_1D: Kind = { className: "GlobalAveragePooling1D", reduce: mean, rank: 1 };
const AVERAGE_2D: Kind = { className: "GlobalAveragePooling2D", reduce: mean, rank: 2 };
const MAX_1D: Kind = { className: "GlobalMaxPooling1D", reduce: max, rank: 1 };
const MAX_2D: Kind = { className: "GlobalMaxPooling2D", reduce: max, rank: 2 };

class GlobalPooling extends Layer {
  readonly keepDims: boolean;
  readonly #kind: Kind;

  constructor(kind: Kind, options: GlobalPoolingOptions) {
    super(kind.className, options);
    checkOnly(kind.className, "dataFormat", options.dataFormat, "channels_last");
    this.keepDims = options.keepDims ?? false;
    this.#kind = kind;
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const { reduce, rank } = this.#kind;
    const { shape } = x.type;
    if (shape.length !== rank + 1) {
      const expected = rank === 1 ? "sequences [length, channels]" : "images [height, width, channels]";
      throw new GraphError(`it needs ${expected}, not ${formatShape(shape)}`);
    }
    return [reduce(x, rank === 1 ? [0] : [0, 1], { keepDims: this.keepDims })];
  }

  protected settings(): KerasConfig {
    return { data_format: "channels_last", keepdims: this.keepDims };
  }
}

/** The mean of each channel of a sequence: [length, channels] → [channels]. */
export function globalAveragePooling1d(options: GlobalPoolingOptions = {}): Layer {
  return new GlobalPooling(AVERAGE_1D, options);
}

/** The mean of each channel of an image: [height, width, channels] → [channels]. */
export function globalAveragePooling2d(options: GlobalPoolingOptions = {}): Layer {
  return new GlobalPooling(AVERAGE_2D, options);
}

/** The largest number of each channel of a sequence: [length, channels] → [channels]. */
export function globalMaxPooling1d(options: GlobalPoolingOptions = {}): Layer {
  return new GlobalPooling(MAX_1D, options);
}

/** The largest number of each channel of an image: [height, width, channels] → [channels]. */
export function globalMaxPooling2d(options: GlobalPoolingOptions = {}): Layer {
  return new GlobalPooling(MAX_2D, options);
}

export const globalAveragePooling1dFromConfig = (config: ConfigReader): Layer => fromConfig(AVERAGE_1D, config);
export const globalAveragePooling2dFromConfig = (config: ConfigReader): Layer => fromConfig(AVERAGE_2D, config);
export const globalMaxPooling1dFromConfig = (config: ConfigReader): Layer => fromConfig(MAX_1D, config);
export const globalMaxPooling2dFromConfig = (config: ConfigReader): Layer => fromConfig(MAX_2D, config);

function fromConfig(kind: Kind, config: ConfigReader): Layer {
  config.requireOnly({ data_format: "channels_last" });
  return new GlobalPooling(kind, { ...config.layerOptions(), keepDims: config.boolean("keepdims", false) });
}

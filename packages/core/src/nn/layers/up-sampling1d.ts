import type { Node } from "../../graph/node.ts";
import { reshape } from "../../ops/shape.ts";
import { upSample2d } from "../../ops/upsample.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { checkCount } from "./option-checks.ts";
import { sequenceShape } from "./pooling1d.ts";

class UpSampling1D extends Layer {
  readonly size: number;

  constructor(size: number, options: LayerOptions) {
    super("UpSampling1D", options);
    this.size = checkCount("UpSampling1D", "size", size);
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const [length, channels] = sequenceShape(x);
    // [length, channels] → [length, 1, channels] → [length · size, 1, channels]
    const repeated = upSample2d(reshape(x, [length, 1, channels]), { size: [this.size, 1] });
    return [reshape(repeated, [length * this.size, channels])];
  }

  protected settings(): KerasConfig {
    return { size: this.size };
  }
}

/** Repeats every step of a sequence: [length, channels] → [length · size, channels]. Twice unless given. */
export function upSampling1d(size = 2, options: LayerOptions = {}): Layer {
  return new UpSampling1D(size, options);
}

export function upSampling1dFromConfig(config: ConfigReader): Layer {
  return upSampling1d(config.number("size"), config.layerOptions());
}

import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { broadcastTo } from "../../ops/reduce.ts";
import { reshape } from "../../ops/shape.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { checkCount } from "./option-checks.ts";

class RepeatVector extends Layer {
  readonly n: number;

  constructor(n: number, options: LayerOptions) {
    super("RepeatVector", options);
    this.n = checkCount("RepeatVector", "n", n);
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const [features, ...others] = x.type.shape;
    if (features === undefined || others.length > 0) {
      throw new GraphError(`it needs vectors [features], not ${formatShape(x.type.shape)}`);
    }
    return [broadcastTo(reshape(x, [1, features]), [this.n, features])];
  }

  protected settings(): KerasConfig {
    return { n: this.n };
  }
}

/**
 * Repeats a vector: [features] → [n, features].
 *
 * @throws RangeError when n is not a whole number from 1 on.
 */
export function repeatVector(n: number, options: LayerOptions = {}): Layer {
  return new RepeatVector(n, options);
}

export function repeatVectorFromConfig(config: ConfigReader): Layer {
  return repeatVector(config.number("n"), config.layerOptions());
}

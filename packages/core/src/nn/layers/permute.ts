import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { transpose } from "../../ops/shape.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";

class Permute extends Layer {
  readonly dims: readonly number[];

  constructor(dims: readonly number[], options: LayerOptions) {
    super("Permute", options);
    if (dims.length === 0 || dims.toSorted((a, b) => a - b).some((dim, index) => dim !== index + 1)) {
      throw new RangeError(
        `dims of Permute must name each axis of the sample once, counted from 1; ${JSON.stringify(dims)} came`,
      );
    }
    this.dims = [...dims];
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const { shape } = x.type;
    if (shape.length !== this.dims.length) {
      throw new GraphError(`it orders ${this.dims.length} axes, and ${formatShape(shape)} has ${shape.length}`);
    }
    return [
      transpose(
        x,
        this.dims.map((dim) => dim - 1),
      ),
    ];
  }

  protected settings(): KerasConfig {
    return { dims: this.dims };
  }
}

/**
 * Orders the axes of the sample anew: axis i of the result is axis `dims[i]` of the input, counted from 1.
 *
 * @throws RangeError when `dims` does not name each axis once.
 *
 * @example
 * permute([2, 1])(sequence) // [steps, features] → [features, steps]
 */
export function permute(dims: readonly number[], options: LayerOptions = {}): Layer {
  return new Permute(dims, options);
}

export function permuteFromConfig(config: ConfigReader): Layer {
  return permute(config.numbers("dims"), config.layerOptions());
}

import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape, sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { reshape as reshapeOp } from "../../ops/shape.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { ConfigReader } from "../config-reader.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";

class Reshape extends Layer {
  readonly targetShape: Shape;

  constructor(targetShape: Shape, options: LayerOptions) {
    super("Reshape", options);
    const unknown = targetShape.filter((size) => size === -1).length;
    if (unknown > 1 || !targetShape.every((size) => size === -1 || (Number.isInteger(size) && size > 0))) {
      throw new RangeError(
        `the target shape of Reshape holds whole numbers from 1 on and at most one -1; ${formatShape(targetShape)} came`,
      );
    }
    this.targetShape = [...targetShape];
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    return [reshapeOp(x, this.#resolve(x.type.shape))];
  }

  protected settings(): KerasConfig {
    return { target_shape: this.targetShape };
  }

  #resolve(shape: Shape): Shape {
    const size = sizeOf(shape);
    const known = sizeOf(this.targetShape.filter((length) => length !== -1));
    const resolved = this.targetShape.map((length) => (length === -1 ? size / known : length));
    if (sizeOf(resolved) === size && resolved.every(Number.isInteger)) return resolved;
    throw new GraphError(
      `${formatShape(shape)} has ${size} numbers, which do not fill ${formatShape(this.targetShape)}`,
    );
  }
}

/** The same numbers, row-major, in another shape; one size may be −1, which is computed from the others. */
export function reshape(targetShape: Shape, options: LayerOptions = {}): Layer {
  return new Reshape(targetShape, options);
}

export function reshapeFromConfig(config: ConfigReader): Layer {
  return reshape(config.numbers("target_shape"), config.layerOptions());
}

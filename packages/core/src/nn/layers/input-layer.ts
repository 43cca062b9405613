import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { ConfigReader } from "../config-reader.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, SymbolicTensor } from "./layer.ts";

/** Where data enters a model. */
export class InputLayer extends Layer {
  readonly shape: Shape;

  constructor(shape: Shape, options: LayerOptions) {
    super("InputLayer", options);
    if (!shape.every((size) => Number.isInteger(size) && size > 0)) {
      throw new GraphError(
        `the shape of an input holds whole numbers from 1 on, those of one sample; ${JSON.stringify(shape)} came`,
      );
    }
    this.shape = [...shape];
    this.build([]);
    this.recordCall([], [this.shape]);
  }

  override get numInputs(): number {
    return 0;
  }

  protected lower(): readonly Node[] {
    throw new GraphError(`${this.describe()} is where data enters; it cannot be called`);
  }

  protected settings(): KerasConfig {
    return { batch_shape: [null, ...this.shape], sparse: false, ragged: false, optional: false };
  }
}

/**
 * The start of a model: a tensor of the shape of one sample, without the batch.
 *
 * @example
 * const image = input([28, 28, 1], { name: "image" });
 *
 * @throws GraphError when a size is not a whole number from 1 on.
 */
export function input(shape: Shape, options: LayerOptions = {}): SymbolicTensor {
  return new InputLayer(shape, options).output;
}

export function inputLayerFromConfig(config: ConfigReader): Layer {
  return new InputLayer(config.sampleShape("batch_shape"), config.layerOptions());
}

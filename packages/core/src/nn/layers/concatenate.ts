import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { concatenate as concatenateOp } from "../../ops/concatenate.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { sampleAxis } from "./keras-axis.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { mergeFunction } from "./merge.ts";

export interface ConcatenateOptions extends LayerOptions {
  /** The axis to join along, with the batch as axis 0; the last unless given. */
  readonly axis?: number;
}

class Concatenate extends Layer {
  readonly axis: number;

  constructor({ axis = -1, ...options }: ConcatenateOptions) {
    super("Concatenate", options);
    this.axis = axis;
  }

  override get numInputs(): "any" {
    return "any";
  }

  protected lower(_: LowerContext, tensors: readonly Node[]): readonly Node[] {
    const [first] = tensors;
    if (first === undefined) throw new GraphError("it takes a list of at least one tensor; an empty one came");
    return [concatenateOp(tensors, sampleAxis(this.axis, first.type.shape))];
  }

  protected settings(): KerasConfig {
    return { axis: this.axis };
  }
}

/**
 * Tensors one after the other along an axis, the last unless given; all other sizes must be equal.
 *
 * @example
 * concatenate({ axis: 1 })([upper, lower]);
 * concatenate([encoded, skipped]);
 */
export const concatenate = mergeFunction((options: ConcatenateOptions = {}) => new Concatenate(options));

export function concatenateFromConfig(config: ConfigReader): Layer {
  return concatenate({ ...config.layerOptions(), axis: config.optionalNumber("axis") ?? -1 });
}

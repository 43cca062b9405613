import type { Node } from "../../graph/node.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { readAxes, sampleAxes } from "./keras-axis.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { divideByLength } from "./normalize.ts";

export interface UnitNormalizationOptions extends LayerOptions {
  /** The axes along which lengths are measured, with the batch as axis 0; the last unless given. */
  readonly axis?: number | readonly number[];
}

/** Keras's limit for what is too short to be lengthened. */
const SHORTEST = 1e-12;

class UnitNormalization extends Layer {
  readonly axis: number | readonly number[];

  constructor(options: UnitNormalizationOptions) {
    super("UnitNormalization", options);
    this.axis = options.axis ?? -1;
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    return [divideByLength(x, sampleAxes(this.axis, x.type.shape), SHORTEST)];
  }

  protected settings(): KerasConfig {
    return { axis: this.axis };
  }
}

/** Gives each sample the length 1 along some of its axes: x / √Σx². The shape stays. */
export function unitNormalization(options: UnitNormalizationOptions = {}): Layer {
  return new UnitNormalization(options);
}

export function unitNormalizationFromConfig(config: ConfigReader): Layer {
  return unitNormalization({ ...config.layerOptions(), axis: readAxes(config, "axis", -1) });
}

import type { Node } from "../../graph/node.ts";
import { elu as eluOf } from "../activations/rectifiers.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";

export interface EluLayerOptions extends LayerOptions {
  /** What large negative numbers tend to, with the sign changed; 1 unless given. */
  readonly alpha?: number;
}

class ELU extends Layer {
  readonly alpha: number;

  constructor({ alpha = 1, ...options }: EluLayerOptions) {
    super("ELU", options);
    if (!Number.isFinite(alpha)) throw new RangeError(`alpha of ELU must be a number; ${alpha} came`);
    this.alpha = alpha;
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    return [eluOf(x, { alpha: this.alpha })];
  }

  protected settings(): KerasConfig {
    return { alpha: this.alpha };
  }
}

/**
 * x where positive, else alpha · (eˣ − 1) (Clevert et al. 2015, arXiv:1511.07289).
 *
 * @throws RangeError when alpha is not a finite number.
 */
export function elu(options: EluLayerOptions = {}): Layer {
  return new ELU(options);
}

export function eluFromConfig(config: ConfigReader): Layer {
  return elu({ ...config.layerOptions(), alpha: config.optionalNumber("alpha") ?? 1 });
}

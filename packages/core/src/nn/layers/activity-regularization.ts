import type { Node } from "../../graph/node.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { l1l2 } from "../regularizers/index.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";

export interface ActivityRegularizationOptions extends Omit<LayerOptions, "activityRegularizer"> {
  /** The factor of Σ|x|, 0 unless given. */
  readonly l1?: number;
  /** The factor of Σx², 0 unless given. */
  readonly l2?: number;
}

class ActivityRegularization extends Layer {
  readonly l1: number;
  readonly l2: number;

  constructor({ l1 = 0, l2 = 0, ...options }: ActivityRegularizationOptions) {
    super("ActivityRegularization", { ...options, activityRegularizer: l1l2({ l1, l2 }) });
    this.l1 = l1;
    this.l2 = l2;
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    return [x];
  }

  protected settings(): KerasConfig {
    return { l1: this.l1, l2: this.l2 };
  }

  /** The factors say it all. */
  override getConfig(): KerasConfig {
    const { activity_regularizer: _, ...config } = super.getConfig();
    return config;
  }
}

/**
 * Changes nothing, and adds l1 · Σ|x| + l2 · Σx² to the loss, averaged over the batch.
 *
 * @throws RangeError when a factor is negative.
 */
export function activityRegularization(options: ActivityRegularizationOptions = {}): Layer {
  return new ActivityRegularization(options);
}

export function activityRegularizationFromConfig(config: ConfigReader): Layer {
  return activityRegularization({
    ...config.layerOptions(),
    l1: config.optionalNumber("l1") ?? 0,
    l2: config.optionalNumber("l2") ?? 0,
  });
}

import type { Node } from "../../graph/node.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { mul, neg, relu, sub } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { VariableSpec } from "../variable.ts";
import { sampleAxes } from "./keras-axis.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { weightOptions, WeightSettings } from "./weight-settings.ts";
import type { WeightOptions } from "./weight-settings.ts";

/** Alpha begins as `zeros` unless given. */
export interface PreluOptions extends LayerOptions, WeightOptions<"alpha"> {
  /**
   * The axes along which all elements have the same slope, with the batch as axis 0; none unless given. `[1, 2]` gives each
   * channel of an image one slope.
   */
  readonly sharedAxes?: number | readonly number[] | undefined;
}

class PReLU extends Layer {
  readonly sharedAxes: readonly number[] | undefined;
  readonly #alpha: WeightSettings;

  constructor({ sharedAxes, ...options }: PreluOptions) {
    super("PReLU", options);
    this.sharedAxes = typeof sharedAxes === "number" ? [sharedAxes] : sharedAxes;
    // Keras takes −1 for the axis before the last.
    if (this.sharedAxes?.some((axis) => axis < 1)) {
      throw new RangeError(`sharedAxes of PReLU count from 1, the batch being 0; ${JSON.stringify(sharedAxes)} came`);
    }
    this.#alpha = WeightSettings.of("alpha", options, "zeros");
  }

  // As Keras writes it, with the slope 0 at 0.
  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    return [sub(relu(x), mul(this.weight("alpha"), relu(neg(x))))];
  }

  protected override variableSpecs(inputShape: Shape): readonly VariableSpec[] {
    const shared = sampleAxes(this.sharedAxes ?? [], inputShape);
    const shape = inputShape.map((size, axis) => (shared.includes(axis) ? 1 : size));
    return [this.#alpha.variable("alpha", shape)];
  }

  protected settings(): KerasConfig {
    return { ...this.#alpha.toKeras("alpha"), shared_axes: this.sharedAxes ?? null };
  }
}

/**
 * x where positive, else alpha · x, alpha being learned for each element (He et al. 2015, arXiv:1502.01852).
 *
 * @throws RangeError when an axis is below 1.
 */
export function prelu(options: PreluOptions = {}): Layer {
  return new PReLU(options);
}

export function preluFromConfig(config: ConfigReader): Layer {
  return prelu({
    ...config.layerOptions(),
    ...weightOptions(config, "alpha"),
    sharedAxes: config.isList("shared_axes") ? config.numbers("shared_axes") : config.optionalNumber("shared_axes"),
  });
}

import type { Node } from "../../graph/node.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { VariableSpec } from "../variable.ts";
import { NormalizationLayer, normalizationOptions } from "./gamma-and-beta.ts";
import type { NormalizationOptions } from "./gamma-and-beta.ts";
import { alongAxes, readAxes, sampleAxes } from "./keras-axis.ts";
import type { Layer, LowerContext } from "./layer.ts";
import { divideByDeviation, standardize } from "./normalize.ts";

export interface LayerNormalizationOptions extends NormalizationOptions {
  /** The axes to normalize together, with the batch as axis 0; the last unless given. */
  readonly axis?: number | readonly number[];
  /** Divides by the deviation without subtracting the mean, and has no beta. Deprecated by Keras; false unless given. */
  readonly rmsScaling?: boolean;
}

class LayerNormalization extends NormalizationLayer {
  readonly axis: number | readonly number[];
  readonly rmsScaling: boolean;

  constructor(options: LayerNormalizationOptions) {
    super("LayerNormalization", options);
    this.axis = options.axis ?? -1;
    this.rmsScaling = options.rmsScaling ?? false;
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const { shape } = x.type;
    const axes = sampleAxes(this.axis, shape);
    const normalize = this.rmsScaling ? divideByDeviation : standardize;
    return [this.scaleAndCenter(normalize(x, axes, this.epsilon), (weight) => alongAxes(weight, axes, shape))];
  }

  protected override get hasGamma(): boolean {
    return this.scale || this.rmsScaling;
  }

  protected override get hasBeta(): boolean {
    return this.center && !this.rmsScaling;
  }

  // Keras sorts the axes as they are written, so that -1 comes before 1, and reshapes the weights where they are used.
  protected override variableSpecs(inputShape: Shape): readonly VariableSpec[] {
    const axes = [this.axis].flat().toSorted((a, b) => a - b);
    return this.gammaAndBeta(sampleAxes(axes, inputShape).map((axis) => inputShape[axis] as number));
  }

  protected override settings(): KerasConfig {
    return { axis: this.axis, ...super.settings(), rms_scaling: this.rmsScaling };
  }
}

/**
 * Gives each sample the mean 0 and the variance 1 over some of its axes, then the learned ones (Ba et al. 2016,
 * arXiv:1607.06450). The shape stays; gamma and beta have a number for each place along the axes.
 *
 * @throws RangeError when an option is out of range.
 */
export function layerNormalization(options: LayerNormalizationOptions = {}): Layer {
  return new LayerNormalization(options);
}

export function layerNormalizationFromConfig(config: ConfigReader): Layer {
  return layerNormalization({
    ...normalizationOptions(config),
    axis: readAxes(config, "axis", -1),
    rmsScaling: config.boolean("rms_scaling", false),
  });
}

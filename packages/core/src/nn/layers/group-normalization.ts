import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { reshape } from "../../ops/shape.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { VariableSpec } from "../variable.ts";
import { NormalizationLayer, normalizationOptions } from "./gamma-and-beta.ts";
import type { NormalizationOptions } from "./gamma-and-beta.ts";
import { alongAxes, otherAxes, sampleAxis } from "./keras-axis.ts";
import type { Layer, LowerContext } from "./layer.ts";
import { standardize } from "./normalize.ts";

export interface GroupNormalizationOptions extends NormalizationOptions {
  /** How many groups the features form; -1 makes each a group of its own (instance normalization). 32 unless given. */
  readonly groups?: number;
  /** The axis of the features, with the batch as axis 0; the last unless given. */
  readonly axis?: number;
}

class GroupNormalization extends NormalizationLayer {
  readonly groups: number;
  readonly axis: number;

  constructor(options: GroupNormalizationOptions) {
    super("GroupNormalization", options);
    this.groups = options.groups ?? 32;
    if (this.groups !== -1 && !(Number.isInteger(this.groups) && this.groups > 0)) {
      throw new RangeError(
        `groups of GroupNormalization must be a whole number from 1 on, or -1 for a group of each feature; ${this.groups} came`,
      );
    }
    this.axis = options.axis ?? -1;
  }

  // [..., features, ...] → [..., groups, features / groups, ...], of which each group is normalized
  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const { shape } = x.type;
    const axis = sampleAxis(this.axis, shape);
    const features = shape[axis] as number;
    const groups = this.groups === -1 ? features : this.groups;
    if (features % groups !== 0) {
      throw new GraphError(
        `its ${groups} groups cannot share ${features} features evenly; choose a divisor of ${features}`,
      );
    }
    const grouped = shape.toSpliced(axis, 1, groups, features / groups);
    const normalized = standardize(reshape(x, grouped), otherAxes(axis, grouped), this.epsilon);
    const result = this.scaleAndCenter(normalized, (weight) => alongAxes(weight, [axis, axis + 1], grouped));
    return [reshape(result, shape)];
  }

  protected override variableSpecs(inputShape: Shape): readonly VariableSpec[] {
    return this.gammaAndBeta([inputShape[sampleAxis(this.axis, inputShape)] as number]);
  }

  protected override settings(): KerasConfig {
    return { groups: this.groups, axis: this.axis, ...super.settings() };
  }
}

/**
 * Gives each group of a sample's features the mean 0 and the variance 1, then each feature the learned ones (Wu and He 2018,
 * arXiv:1803.08494). The shape stays.
 *
 * @throws RangeError when an option is out of range.
 */
export function groupNormalization(options: GroupNormalizationOptions = {}): Layer {
  return new GroupNormalization(options);
}

export function groupNormalizationFromConfig(config: ConfigReader): Layer {
  return groupNormalization({
    ...normalizationOptions(config),
    groups: config.optionalNumber("groups") ?? 32,
    axis: config.optionalNumber("axis") ?? -1,
  });
}

/** Constraints by their Keras names. */
import type { ConfigReader } from "../config-reader.ts";
import { Registry } from "../registry.ts";
import type { Constraint } from "./constraint.ts";
import { nonNeg } from "./non-neg.ts";
import { maxNorm, minMaxNorm, unitNorm } from "./norms.ts";

export const constraints = new Registry<Constraint>("constraint", "keras.constraints", {
  MaxNorm: (config) => maxNorm(config.optionalNumber("max_value"), { axis: axisOf(config) }),
  MinMaxNorm: (config) =>
    minMaxNorm({
      minValue: config.optionalNumber("min_value"),
      maxValue: config.optionalNumber("max_value"),
      rate: config.optionalNumber("rate"),
      axis: axisOf(config),
    }),
  NonNeg: () => nonNeg(),
  UnitNorm: (config) => unitNorm({ axis: axisOf(config) }),
});

function axisOf(config: ConfigReader): number | readonly number[] {
  return config.isList("axis") ? config.numbers("axis") : (config.optionalNumber("axis") ?? 0);
}

/** A constraint, or the name of one with Keras's default settings. */
export type ConstraintLike = Constraint | string;

import type { ColumnCoder } from "./column-coder.ts";
import { decodeLinear, encodeLinear, linearFeatureNames } from "./linear-feature.ts";
import type { NumberPreprocessing } from "./preprocessing.ts";

/** Numbers: one feature, and an indicator where training rows had missing values. */
export function numberCoder(plan: NumberPreprocessing): ColumnCoder {
  const { name, isInteger } = plan;
  return {
    featureNames: linearFeatureNames(name, plan),
    encode(column, from, to, rows, span) {
      encodeLinear(plan, column.values as Float64Array, from, to, rows, span, Number.MAX_VALUE);
    },
    decode(rows, count, span, { round = false }) {
      const values = decodeLinear(plan, rows, count, span);
      return { name, type: "number", values: round && isInteger ? values.map(Math.round) : values };
    },
  };
}

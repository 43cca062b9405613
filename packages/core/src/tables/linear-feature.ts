/** The feature that numbers and dates have in common: (value − centre) / scale, and an indicator of missing values. */
import type { FeatureSpan } from "./column-coder.ts";
import type { LinearScale } from "./preprocessing.ts";

/**
 * Features stay within it, so that their squares add up in float32. No clipping in any usual sense: no value of a training row comes
 * near.
 */
export const LARGEST_FEATURE = 1e15;

export interface LinearFeature extends LinearScale {
  readonly fill: number;
  readonly hasIndicator: boolean;
}

export function linearFeatureNames(name: string, { hasIndicator }: LinearFeature): readonly string[] {
  return hasIndicator ? [name, `${name} missing`] : [name];
}

/** @param most values of a larger magnitude count as missing, and so does NaN. */
export function encodeLinear(
  { centre, scale, fill, hasIndicator }: LinearFeature,
  values: Float64Array,
  from: number,
  to: number,
  rows: Float32Array,
  { at, width }: FeatureSpan,
  most: number,
): void {
  for (let row = from, target = from * width + at; row < to; row++, target += width) {
    const value = values[row] as number;
    const isPresent = Math.abs(value) <= most;
    const feature = ((isPresent ? value : fill) - centre) / scale;
    rows[target] = Math.max(-LARGEST_FEATURE, Math.min(LARGEST_FEATURE, feature));
    if (hasIndicator) rows[target + 1] = isPresent ? 0 : 1;
  }
}

/** The values; NaN where the indicator says so. */
export function decodeLinear(
  { centre, scale, hasIndicator }: LinearFeature,
  rows: Float32Array,
  count: number,
  { at, width }: FeatureSpan,
): Float64Array {
  const values = new Float64Array(count);
  for (let row = 0, source = at; row < count; row++, source += width) {
    const isMissing = hasIndicator && (rows[source + 1] as number) > 0.5;
    values[row] = isMissing ? NaN : centre + (rows[source] as number) * scale;
  }
  return values;
}

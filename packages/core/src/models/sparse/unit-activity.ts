/** How much the units of codes are active: for each of them over the samples, and for each sample over them. */

/** A unit counts as active in a sample where it is above this share of the largest activity of all. */
export const ACTIVE_FROM = 0.1;

export interface UnitActivity {
  readonly numUnits: number;
  /** For each unit, the share of the samples in which it is active. */
  readonly shares: Float64Array;
  /** For each unit, its largest activity, with the sign. */
  readonly largest: Float32Array;
  /** How many units are active in a sample, on average. */
  readonly perSample: number;
  /** How many units are active in any of the samples. */
  readonly ever: number;
}

/**
 * @param codes the codes of samples, one after the other.
 * @param numUnits the numbers of a code.
 */
export function unitActivity(codes: Float32Array, numUnits: number): UnitActivity {
  const count = codes.length / numUnits;
  const threshold = ACTIVE_FROM * codes.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const times = new Float64Array(numUnits);
  const largest = new Float32Array(numUnits);
  for (const [index, value] of codes.entries()) {
    const unit = index % numUnits;
    if (Math.abs(value) > Math.abs(largest[unit] as number)) largest[unit] = value;
    if (Math.abs(value) > threshold) times[unit] = (times[unit] as number) + 1;
  }
  return {
    numUnits,
    shares: times.map((number) => number / count),
    largest,
    perSample: times.reduce((sum, number) => sum + number, 0) / count,
    ever: times.reduce((sum, number) => sum + (number > 0 ? 1 : 0), 0),
  };
}

/** The units in the order of how often they are active; equally active ones in their own order. */
export function busiestUnits({ shares }: UnitActivity): number[] {
  return [...shares.keys()].toSorted((a, b) => (shares[b] as number) - (shares[a] as number));
}

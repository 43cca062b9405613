/** Samples by their principal components: a code for each, and how badly it comes back from it. */
import { classic, select, type Dataset, type Device } from "@sandglass/core";
import { randomHalves } from "../random-halves.ts";

export interface PrincipalCodes {
  /** Numbers of a code. */
  readonly size: number;
  /** Code after code. */
  readonly codes: Float32Array;
  /** Of each sample, the mean squared error of an analysis that has not seen it. */
  readonly errors: Float32Array;
}

export interface CodingOptions {
  readonly seed: number;
  readonly device: Device;
  readonly signal: AbortSignal;
}

/** With more components outliers come back, too. */
const MOST_COMPONENTS = 32;
/** Samples for each component. */
const SAMPLES_EACH = 4;
/** With fewer samples nothing can be said. */
const FEWEST = 24;

/**
 * Codes of samples. So that an outlier cannot make a component of its own, which would bring it back well, the samples are halved: the errors of
 * either half are those of the components of the other half. The codes are those of the first half's components.
 *
 * @returns undefined with less than 24 samples, or where all are the same.
 */
export async function principalCodes(
  data: Dataset,
  { seed, device, signal }: CodingOptions,
): Promise<PrincipalCodes | undefined> {
  if (data.count < FEWEST) return undefined;
  const halves = randomHalves(data.count, seed);
  const [one, other] = [select(data, halves[0]), select(data, halves[1])];
  const size = data.values.length / data.count;
  const components = Math.max(1, Math.min(MOST_COMPONENTS, Math.floor(other.count / SAMPLES_EACH), size - 1));
  // Columns of a table have units of their own; pixels have one.
  const options = { components, standardize: data.shape.length !== 3, device, signal };
  const analyses = [
    await classic.principalComponents(one, options),
    await classic.principalComponents(other, options),
  ] as const;
  if (analyses.some(({ totalVariance }) => totalVariance === 0)) return undefined;
  const errors = new Float32Array(data.count);
  const seen = [
    await classic.reconstructionErrors(analyses[1], one, { device, signal }),
    await classic.reconstructionErrors(analyses[0], other, { device, signal }),
  ] as const;
  for (const [half, numbers] of halves.entries()) {
    numbers.forEach((number, at) => (errors[number] = seen[half]?.[at] as number));
  }
  return { size: components, codes: codesOf(data, analyses[0]), errors };
}

/** The differences from the mean along each component. */
function codesOf(
  { values, scale, count }: Dataset,
  { mean, scale: deviation, components, numComponents }: classic.PrincipalComponents,
): Float32Array {
  const size = mean.length;
  const codes = new Float32Array(count * numComponents);
  const row = new Float64Array(size);
  for (let sample = 0; sample < count; sample++) {
    for (let at = 0; at < size; at++) {
      const difference = (values[sample * size + at] as number) * scale - (mean[at] as number);
      row[at] = difference / (deviation?.[at] ?? 1);
    }
    for (let component = 0; component < numComponents; component++) {
      let sum = 0;
      for (let at = 0, weight = component * size; at < size; at++, weight++) {
        sum += (row[at] as number) * (components[weight] as number);
      }
      codes[sample * numComponents + component] = sum;
    }
  }
  return codes;
}

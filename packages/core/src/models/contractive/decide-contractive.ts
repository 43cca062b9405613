import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";

interface OpenLayers {
  readonly architecture: "dense" | "conv" | undefined;
  readonly layers: number | undefined;
  readonly units: readonly number[] | undefined;
  readonly filters: readonly number[] | undefined;
  readonly decoderFilters: readonly number[] | undefined;
  readonly tied: boolean;
}

/** Of a loss that adds up the values of a sample (Rifai et al. 2011, section 5); here, losses are their mean. */
const WEIGHT_OF_SUMS = 0.1;

/**
 * One dense layer, whose contraction is exact, unless more are asked for.
 *
 * @throws RangeError when convolutions are to share weights with a decoder that has others.
 */
export function decideLayers<Options extends OpenLayers>(
  options: Options,
): Options & { readonly architecture: "dense" | "conv" } {
  const { units, filters, decoderFilters, tied } = options;
  const { architecture = filters === undefined && decoderFilters === undefined ? "dense" : "conv" } = options;
  const { layers = architecture === "dense" && units === undefined ? 1 : undefined } = options;
  if (tied && architecture === "conv") {
    throw new RangeError(
      'tied weights of the model "contractive" are those of dense layers; the architecture is "conv". Leave out one of the two',
    );
  }
  return { ...options, architecture, layers };
}

/** What the contraction weighs where it is not told. */
export function contractionWeight(shape: Shape): number {
  return Number((WEIGHT_OF_SUMS / sizeOf(shape)).toPrecision(2));
}

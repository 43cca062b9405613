import type { Shape } from "../../graph/tensor-type.ts";
import type { Model } from "../../nn/model/model.ts";
import { convAutoencoder } from "./conv-autoencoder.ts";
import type { ConvHalves } from "./conv-autoencoder.ts";
import { denseAutoencoder } from "./dense-parts.ts";
import type { DenseHalves } from "./dense-parts.ts";

/** The sizes of both architectures; those of the other one are left open. */
export interface EitherHalves extends Omit<ConvHalves & DenseHalves, "filters" | "decoderFilters"> {
  readonly architecture: "dense" | "conv";
  readonly filters: readonly number[] | undefined;
  readonly decoderFilters: readonly number[] | undefined;
}

/** An autoencoder of dense layers or of convolutions, for options that are all decided. */
export function eitherAutoencoder(
  name: string,
  shape: Shape,
  options: EitherHalves,
): { readonly model: Model; readonly encoder: Model; readonly decoder: Model } {
  if (options.architecture === "dense") return denseAutoencoder(name, shape, options);
  const { filters = [], decoderFilters = [] } = options;
  return convAutoencoder(name, shape, { ...options, filters, decoderFilters });
}

/** @throws RangeError when a code is to be left a small image, and there are no convolutions that make one. */
export function checkSpatialCode(
  family: string,
  { architecture, code }: { readonly architecture: "dense" | "conv"; readonly code: number },
): void {
  if (code > 0 || architecture === "conv") return;
  throw new RangeError(
    `the code 0 of the model "${family}" is a small image that convolutions make; its architecture is "dense". ` +
      'Give the code a size, or take the architecture "conv"',
  );
}

/** Which halves a model has where a family offers both: fully connected, or convolutional. */
import type { Shape } from "../../graph/tensor-type.ts";
import type { Preset } from "../options/common-options.ts";
import { codeSize, decideDenseSizes, decideFilters, isImage } from "./sizes.ts";

export interface ArchitectureChoices {
  readonly preset: Preset;
  readonly architecture: "dense" | "conv" | undefined;
  readonly code: number | undefined;
  readonly layers: number | undefined;
  readonly units: readonly number[] | undefined;
  readonly filters: readonly number[] | undefined;
  readonly decoderFilters: readonly number[] | undefined;
}

/** What is decided: of the sizes, those of the architecture. */
export type DecidedArchitecture<Options> = Options & {
  readonly architecture: "dense" | "conv";
  readonly code: number;
};

/**
 * Dense or convolutional: as the sizes that were given say, else convolutional for images; then the sizes that are open.
 *
 * @throws RangeError when sizes of the other architecture are given.
 */
export function decideArchitecture<Options extends ArchitectureChoices>(
  family: string,
  shape: Shape,
  options: Options,
): DecidedArchitecture<Options> {
  const { units, layers, filters, decoderFilters, code = codeSize(shape) } = options;
  const isDense = units !== undefined || layers !== undefined;
  const isConv = filters !== undefined || decoderFilters !== undefined;
  const { architecture = isDense || (!isConv && !isImage(shape)) ? "dense" : "conv" } = options;
  if (architecture === "dense" ? isConv : isDense) {
    throw new RangeError(
      `the ${architecture === "dense" ? "fully connected" : "convolutional"} model "${family}" takes no ` +
        `${architecture === "dense" ? "filters" : "layers and units"}; ` +
        'give units with the architecture "dense", and filters with the architecture "conv"',
    );
  }
  if (architecture === "conv") {
    return { ...decideFilters(family, shape, options), architecture, code };
  }
  return { ...decideDenseSizes(family, shape, options), architecture };
}

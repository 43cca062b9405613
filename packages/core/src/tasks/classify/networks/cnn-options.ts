/** The knobs of the convolutional classifier, as a table that code, command line and files go by. */
import { HIDDEN_ACTIVATIONS } from "../../../models/options/common-options.ts";
import type { GivenOptions, OptionValues } from "../../../models/options/option.ts";
import { choice, number, sizes, whole } from "../../../models/options/option.ts";

export const cnnOptions = {
  filters: sizes(
    "filters of the convolutions, a number for each block; each block ends in pooling (default: by the size of the images)",
  ),
  convolutions: whole({ default: 2, max: 10, help: "convolutions in each block" }),
  kernel: whole({ default: 3, max: 31, help: "side of the convolutions' kernels" }),
  stride: whole({ default: 1, max: 8, help: "step of the first convolution of each block" }),
  pooling: choice(["max", "average"], { default: "max", help: "what remains of the places that are pooled" }),
  poolSize: whole({ default: 2, max: 8, help: "side of the places that are pooled; 1 for no pooling" }),
  normalization: choice(["batch", "none"], { default: "batch", help: "batch normalization after each convolution" }),
  activation: choice(HIDDEN_ACTIVATIONS, { default: "relu", help: "activation of convolutions and hidden layers" }),
  features: choice(["average", "flatten"], {
    default: "average",
    help: "what the dense layers see of the last maps: the mean of each, or every number",
  }),
  units: sizes("units of the dense layers before the last one (default: 64)"),
  dropout: number({ default: 0.2, min: 0, max: 0.9, help: "share of the features that each step leaves out" }),
};

export type CnnOptions = GivenOptions<typeof cnnOptions>;
export type DecidedCnnOptions = OptionValues<typeof cnnOptions> & {
  readonly filters: readonly number[] | undefined;
  readonly units: readonly number[];
};

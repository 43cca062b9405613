/** The options that families share: the four choices of the lectures (code size, number of layers, nodes per layer, loss), and a few more. */
import { choice, sizes, whole } from "./option.ts";

/** The activations that hidden layers may have. */
export const HIDDEN_ACTIVATIONS = ["relu", "leaky_relu", "elu", "selu", "gelu", "tanh", "sigmoid"] as const;

/** How much a model may cost: `preset`. */
export const PRESETS = ["fast", "balanced", "best"] as const;
export type Preset = (typeof PRESETS)[number];

/** What samples are compared by: `loss`. */
export const RECONSTRUCTION_LOSSES = ["mse", "mae", "bce"] as const;
export type ReconstructionLoss = (typeof RECONSTRUCTION_LOSSES)[number];

/** Of all families. */
export const presetOptions = {
  preset: choice(PRESETS, {
    default: "balanced",
    help: "how much time to spend: smaller and shorter, or wider and longer",
  }),
};

/** Of all that have a code. */
export const codeOptions = {
  ...presetOptions,
  code: whole({ default: undefined, help: "numbers in the code (default: by the size of the samples)" }),
};

/** How samples are compared and come out. */
export const lossOptions = {
  loss: choice(RECONSTRUCTION_LOSSES, {
    default: undefined,
    help: "what reconstructions are compared by (default: bce for values from 0 to 1, else mse)",
  }),
  outputActivation: choice(["linear", "sigmoid", "tanh"], {
    default: undefined,
    help: "activation of the last layer (default: sigmoid for values from 0 to 1, else linear)",
  }),
};

/** Of all that have hidden layers. */
export const activationOption = {
  activation: choice(HIDDEN_ACTIVATIONS, { default: "relu", help: "activation of the hidden layers" }),
};

/** Of fully connected halves. */
export const denseOptions = {
  layers: whole({
    default: undefined,
    max: 50,
    help: "hidden layers of the encoder, the code's included, and as many of the decoder (default: by the sizes)",
  }),
  units: sizes("units of the encoder's hidden layers, without the code; the decoder has them in reverse"),
  ...activationOption,
};

/** Of codes that may take any value unless told otherwise: a rectified number of a code that is 0 for all samples is lost. */
export const codeActivationOption = {
  codeActivation: choice(["linear", ...HIDDEN_ACTIVATIONS], { default: "linear", help: "activation of the code" }),
};

/** Of convolutional halves. */
export const convOptions = {
  filters: sizes("filters of the encoder's convolutions; each halves the sides"),
  decoderFilters: sizes(
    "filters of the decoder's convolutions; each doubles the sides (default: the encoder's in reverse)",
  ),
  kernel: whole({ default: 3, max: 31, help: "side of the convolutions' kernels" }),
  downsampling: choice(["pooling", "strides"], { default: "pooling", help: "how the encoder halves the sides" }),
  upsampling: choice(["nearest", "transposed"], {
    default: "nearest",
    help: "how the decoder doubles them: upsampling and convolutions, or transposed convolutions",
  }),
  batchNorm: { kind: "flag", default: false, help: "batch normalization after each convolution" },
} as const;

/** Which of the two, in families that have both. */
export const architectureOption = {
  architecture: choice(["dense", "conv"], {
    default: undefined,
    help: "fully connected or convolutional (default: conv for images of 8×8 and more)",
  }),
};

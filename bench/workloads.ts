/** The workloads of the benchmark, as data in `workloads.json`; the Python peers read the same file. */

import type { Mode } from "./protocol.ts";
import table from "./workloads.json" with { type: "json" };

export type Padding = "same" | "valid";
export type Activation = "relu" | "sigmoid";
export type LossName = "binaryCrossentropy" | "meanSquaredError";

/** A convolution with a square kernel, or its transpose, in Keras's words. */
export interface ConvolutionSpec<Kind extends "conv2d" | "conv2dTranspose" = "conv2d" | "conv2dTranspose"> {
  readonly kind: Kind;
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides: number;
  readonly padding: Padding;
  /** None unless given, as in dense layers. */
  readonly activation?: Activation;
}

export interface MaxPoolSpec {
  readonly kind: "maxPool2d";
  readonly poolSize: number;
  readonly padding: Padding;
}

/** Nearest-neighbour upsampling. */
export interface UpSamplingSpec {
  readonly kind: "upSampling2d";
  readonly size: number;
}

export interface DenseSpec {
  readonly kind: "dense";
  readonly units: number;
  readonly activation?: Activation;
}

export interface LeakyReluSpec {
  readonly kind: "leakyRelu";
  readonly negativeSlope: number;
}

export interface FlattenSpec {
  readonly kind: "flatten";
}

export interface ReshapeSpec {
  readonly kind: "reshape";
  readonly targetShape: readonly number[];
}

/** The layers of the autoencoders, which all peers know. */
export type AutoencoderLayerSpec =
  ConvolutionSpec<"conv2d"> | ConvolutionSpec<"conv2dTranspose"> | MaxPoolSpec | UpSamplingSpec | DenseSpec;

export type LayerSpec = AutoencoderLayerSpec | LeakyReluSpec | FlattenSpec | ReshapeSpec;

/** What is done with each kind of layer: one function per kind, and none can be forgotten. */
export type LayerTable<Arguments extends readonly unknown[], Result, Layers extends LayerSpec = LayerSpec> = {
  readonly [Kind in Layers["kind"]]: (layer: Extract<Layers, { kind: Kind }>, ...rest: Arguments) => Result;
};

/** Applies the table's function for the layer's kind. */
export function byKind<Arguments extends readonly unknown[], Result, Layers extends LayerSpec>(
  table: LayerTable<Arguments, Result, Layers>,
  layer: Layers,
  ...rest: Arguments
): Result {
  // The table pairs every kind with its own layer; a lookup by a union of kinds loses that.
  const apply = table[layer.kind as Layers["kind"]] as (layer: Layers, ...rest: Arguments) => Result;
  return apply(layer, ...rest);
}

interface CommonSpec {
  /** The letter by which `--workloads a,b` names it. */
  readonly letter: string;
  readonly title: string;
  /** One sample's shape, channels last. */
  readonly input: readonly number[];
}

/** One model with its loss; the target is the input. */
export interface AutoencoderWorkload extends CommonSpec {
  readonly family: "autoencoder";
  readonly loss: LossName;
  readonly layers: readonly AutoencoderLayerSpec[];
}

/**
 * A variational autoencoder. The encoder gives `codeSize` means, then as many logarithms of variances; the decoder gives
 * logits of pixels. The loss is the binary crossentropy summed over pixels plus the Kullback-Leibler divergence of the
 * code from a standard normal distribution, as a mean over samples.
 */
export interface VaeWorkload extends CommonSpec {
  readonly family: "vae";
  readonly codeSize: number;
  readonly encoder: readonly LayerSpec[];
  readonly decoder: readonly LayerSpec[];
}

/**
 * A generative adversarial network with the non-saturating loss. One step changes the discriminator, by a batch of samples and one
 * of generated images, and then the generator, by images of fresh noise (Goodfellow et al. 2014, arXiv:1406.2661,
 * algorithm 1 with k = 1). The discriminator gives logits.
 */
export interface GanWorkload extends CommonSpec {
  readonly family: "gan";
  /** Size of the generator's normally distributed noise. */
  readonly codeSize: number;
  /** Of both optimizers. */
  readonly adam: { readonly learningRate: number; readonly beta1: number };
  readonly generator: readonly LayerSpec[];
  readonly discriminator: readonly LayerSpec[];
}

export type Workload = AutoencoderWorkload | VaeWorkload | GanWorkload;

const MODES: Readonly<Record<Workload["family"], readonly Mode[]>> = {
  autoencoder: ["train", "infer"],
  vae: ["train"],
  gan: ["train"],
};

/** What of a workload can be timed. */
export function modesOf({ family }: Workload): readonly Mode[] {
  return MODES[family];
}

/**
 * The workload of a peer that is written for autoencoders only.
 *
 * @throws Error for other families.
 */
export function autoencoderOf(workload: Workload): AutoencoderWorkload {
  if (workload.family === "autoencoder") return workload;
  throw new Error(`this peer is written for autoencoders only, not for a ${workload.family}`);
}

/** Name → workload, in the order of the file. */
export const workloads: Readonly<Record<string, Workload>> = table as Readonly<Record<string, Workload>>;

/** Finds a workload by its name or its letter; throws with the known ones otherwise. */
export function workloadName(nameOrLetter: string): string {
  const found = Object.entries(workloads).find(
    ([name, { letter }]) => nameOrLetter === name || nameOrLetter === letter,
  );
  if (found === undefined) {
    const known = Object.entries(workloads).map(([name, { letter }]) => `${letter} (${name})`);
    throw new Error(`unknown workload "${nameOrLetter}"; expected one of ${known.join(", ")}`);
  }
  return found[0];
}

/** The workload of that exact name. */
export function workloadByName(name: string): Workload {
  const workload = workloads[name];
  if (workload === undefined)
    throw new Error(`unknown workload "${name}"; expected ${Object.keys(workloads).join(", ")}`);
  return workload;
}

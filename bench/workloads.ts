/** The workloads of the benchmark, as data in `workloads.json`; the Python peers read the same file. */

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
  readonly activation: Activation;
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
  readonly activation: Activation;
}

export type LayerSpec =
  ConvolutionSpec<"conv2d"> | ConvolutionSpec<"conv2dTranspose"> | MaxPoolSpec | UpSamplingSpec | DenseSpec;

/** What is done with each kind of layer: one function per kind, and none can be forgotten. */
export type LayerTable<Arguments extends readonly unknown[], Result> = {
  readonly [Kind in LayerSpec["kind"]]: (layer: Extract<LayerSpec, { kind: Kind }>, ...rest: Arguments) => Result;
};

/** Applies the table's function for the layer's kind. */
export function byKind<Arguments extends readonly unknown[], Result>(
  table: LayerTable<Arguments, Result>,
  layer: LayerSpec,
  ...rest: Arguments
): Result {
  // The table pairs every kind with its own layer; a lookup by a union of kinds loses that.
  const apply = table[layer.kind] as (layer: LayerSpec, ...rest: Arguments) => Result;
  return apply(layer, ...rest);
}

/** One model with its loss: an autoencoder, so the target is the input. */
export interface Workload {
  /** The letter by which `--workloads a,b` names it. */
  readonly letter: string;
  readonly title: string;
  /** One sample's shape, channels last. */
  readonly input: readonly number[];
  readonly loss: LossName;
  readonly layers: readonly LayerSpec[];
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

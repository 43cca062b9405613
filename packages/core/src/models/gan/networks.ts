/**
 * The two networks of a GAN. Convolutional ones keep to the guidelines of DCGAN (Radford et al. 2016, arXiv:1511.06434, section 3):
 * strided convolutions down, transposed ones up, relu in the generator and leaky relu in the discriminator. Batch
 * normalization is the generator's alone, so that the discriminator judges each sample by itself, as a gradient penalty needs it.
 */
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import {
  activation,
  add,
  batchNormalization,
  concatenate,
  conv2d,
  conv2dTranspose,
  dense,
  dot,
  flatten,
  leakyRelu,
  rescaling,
  reshape,
} from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { SymbolicTensor } from "../../nn/layers/layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { asImage, asSample, cutTo, halvedSides, imageShape, kernelFor, stepsFor } from "../parts/conv-parts.ts";
import type { ValueSummary } from "../values.ts";

export interface NetworkPlan {
  readonly shape: Shape;
  readonly values: ValueSummary;
  /** Numbers of the noise that a sample is made of. */
  readonly code: number;
  /** Classes that the networks are told; 0 where they are told none. */
  readonly numClasses: number;
  /** The discriminator's hidden layers; the generator has them in reverse. */
  readonly hidden:
    | { readonly kind: "dense"; readonly units: readonly number[] }
    | { readonly kind: "conv"; readonly filters: readonly number[]; readonly kernel: number };
  /** Of the generator's hidden layers. */
  readonly normalization: "batch" | "none";
  readonly outputActivation: "linear" | "sigmoid" | "tanh";
}

/** Slope below 0 of the discriminator's activations, as in DCGAN. */
const NEGATIVE_SLOPE = 0.2;

/** From noise [code], and for conditional ones the class [numClasses], to a sample. */
export function buildGenerator(plan: NetworkPlan): Model {
  const noise = input([plan.code], { name: "noise" });
  const label = labelInput(plan);
  const given = label === undefined ? noise : concatenate([noise, label]);
  const values =
    plan.hidden.kind === "dense" ? denseSample(given, plan.hidden, plan) : convSample(given, plan.hidden, plan);
  return model(withLabel(noise, label), values, { name: "generator" });
}

/** From a sample, and for conditional ones the class, to its score [1]: larger for what looks real. */
export function buildDiscriminator(plan: NetworkPlan): Model {
  const sample = input(plan.shape, { name: "sample" });
  const label = labelInput(plan);
  const features = featuresOf(rescaling(...standardizing(plan.values))(sample), plan);
  const score = dense(1, { name: "realness" })(features);
  if (label === undefined) return model(sample, score, { name: "discriminator" });
  // How well the features go with the class: the projection of Miyato and Koyama 2018, arXiv:1802.05637, eq. 3.
  const expected = dense(sizeOf(features.shape), { useBias: false, name: "class_features" })(label);
  const fit = dot(1, { name: "class_fit" })([features, expected]);
  return model([sample, label], add([score, fit]), { name: "discriminator" });
}

/** [code] → units, last first → the sample. */
function denseSample(
  given: SymbolicTensor,
  { units }: { readonly units: readonly number[] },
  plan: NetworkPlan,
): SymbolicTensor {
  const { shape, outputActivation } = plan;
  const inner = units
    .toReversed()
    .reduce(
      (tensor, count) => activated(dense(count, { useBias: plan.normalization === "none" })(tensor), plan),
      given,
    );
  const values = ranged(dense(sizeOf(shape), { activation: outputActivation })(inner), plan);
  return shape.length === 1 ? values : reshape(shape)(values);
}

/** [code] → [height / 2ⁿ, width / 2ⁿ, the last filters] → … → [height, width, channels] */
function convSample(
  given: SymbolicTensor,
  { filters, kernel }: { readonly filters: readonly number[]; readonly kernel: number },
  plan: NetworkPlan,
): SymbolicTensor {
  const [height, width, channels] = imageShape("gan", plan.shape);
  const [first, ...larger] = halvedSides([height, width], filters.length).toReversed() as [
    [number, number],
    ...[number, number][],
  ];
  const [most = 1, ...fewer] = filters.toReversed();
  const flat = dense(first[0] * first[1] * most, { useBias: plan.normalization === "none" })(given);
  const maps = activated(reshape([...first, most])(flat), plan);
  const image = larger.reduce((tensor, sides, index) => {
    const isLast = index === larger.length - 1;
    const doubled = conv2dTranspose(isLast ? channels : (fewer[index] as number), kernelFor(tensor, kernel), {
      padding: "same",
      strides: stepsFor(sides),
      ...(isLast ? { activation: plan.outputActivation } : { useBias: plan.normalization === "none" }),
    })(tensor);
    return cutTo(isLast ? doubled : activated(doubled, plan), sides);
  }, maps);
  return asSample(ranged(image, plan), plan.shape);
}

/** [shape] → [features] */
function featuresOf(sample: SymbolicTensor, { hidden }: NetworkPlan): SymbolicTensor {
  if (hidden.kind === "dense") {
    const flat = sample.shape.length === 1 ? sample : flatten()(sample);
    return hidden.units.reduce((tensor, count) => leaky(dense(count)(tensor)), flat);
  }
  const maps = hidden.filters.reduce(
    (tensor, count) => {
      const [height = 1, width = 1] = tensor.shape;
      const strides = stepsFor([height, width]);
      return leaky(conv2d(count, kernelFor(tensor, hidden.kernel), { padding: "same", strides })(tensor));
    },
    asImage(sample, "gan"),
  );
  return flatten()(maps);
}

function activated(tensor: SymbolicTensor, { normalization }: NetworkPlan): SymbolicTensor {
  return activation("relu")(normalization === "batch" ? batchNormalization({ momentum: 0.9 })(tensor) : tensor);
}

function leaky(tensor: SymbolicTensor): SymbolicTensor {
  return leakyRelu({ negativeSlope: NEGATIVE_SLOPE })(tensor);
}

/** Networks begin with results of about unit scale; where no activation bounds them, they are given the scale of the data. */
function ranged(values: SymbolicTensor, { outputActivation, values: summary }: NetworkPlan): SymbolicTensor {
  return outputActivation === "linear" ? rescaling(scaleOf(summary), { offset: summary.mean })(values) : values;
}

/** What makes the data's mean 0 and their deviation 1. */
function standardizing(values: ValueSummary): [scale: number, options: { readonly offset: number }] {
  const scale = scaleOf(values);
  return [1 / scale, { offset: -values.mean / scale }];
}

function scaleOf({ variance }: ValueSummary): number {
  return variance > 0 ? Math.sqrt(variance) : 1;
}

function labelInput({ numClasses }: NetworkPlan): SymbolicTensor | undefined {
  return numClasses === 0 ? undefined : input([numClasses], { name: "class" });
}

function withLabel(tensor: SymbolicTensor, label: SymbolicTensor | undefined): SymbolicTensor[] {
  return label === undefined ? [tensor] : [tensor, label];
}

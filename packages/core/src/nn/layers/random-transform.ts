/** What layers have in common that turn, move and stretch images at random. */
import type { Node } from "../../graph/node.ts";
import { dense } from "../../ops/dense.ts";
import { add, mul } from "../../ops/elementwise.ts";
import { randomUniform } from "../../ops/random.ts";
import { resampleImage } from "../../ops/resample-image/index.ts";
import type { FillMode, Interpolation } from "../../ops/resample-image/index.ts";
import { reshape } from "../../ops/shape.ts";
import { pad, slice } from "../../ops/slice.ts";
import type { ConfigReader } from "../config-reader.ts";
import { constantTensor } from "../constant-tensor.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { LowerContext } from "./layer.ts";
import { checkOneOf } from "./option-checks.ts";
import { RandomImageLayer, randomImageOptions } from "./random-image-layer.ts";
import type { RandomImageOptions } from "./random-image-layer.ts";

export interface RandomTransformOptions extends RandomImageOptions {
  /** What lies outside of an image; `reflect` unless given. */
  readonly fillMode?: FillMode;
  /** `bilinear` unless given. */
  readonly interpolation?: Interpolation;
  /** What lies outside, where the mode is `constant`; 0 unless given. */
  readonly fillValue?: number;
}

export type ImageSize = readonly [height: number, width: number];

/** The eight numbers of `resampleImage`: a0, a1, a2, b0, b1, b2, c0, c1. */
export type Transform = readonly [number, number, number, number, number, number, number, number];

const FILL_MODES: readonly FillMode[] = ["constant", "nearest", "reflect", "wrap"];
const INTERPOLATIONS: readonly Interpolation[] = ["nearest", "bilinear"];

export abstract class RandomTransform extends RandomImageLayer {
  readonly fillMode: FillMode;
  readonly interpolation: Interpolation;
  readonly fillValue: number;

  constructor(className: string, options: RandomTransformOptions) {
    super(className, options);
    const { fillMode = "reflect", interpolation = "bilinear", fillValue = 0 } = options;
    this.fillMode = checkOneOf(className, "fillMode", fillMode, FILL_MODES);
    this.interpolation = checkOneOf(className, "interpolation", interpolation, INTERPOLATIONS);
    if (!Number.isFinite(fillValue))
      throw new RangeError(`fillValue of ${className} must be a number; ${fillValue} came`);
    this.fillValue = fillValue;
  }

  override augment(image: Node, chances: Node): Node {
    const [height, width] = image.type.shape as [number, number, number];
    return this.resample(image, this.transform([height, width], chances));
  }

  /** Images read where a transform says, as the layer fills and interpolates. */
  resample(image: Node, transform: Node): Node {
    const { interpolation, fillMode, fillValue } = this;
    return resampleImage(image, transform, { interpolation, fillMode, fillValue });
  }

  /** Where a call of the layer in training would read images of a size: a transform [8] of each sample. */
  drawTransform({ randomStream }: Pick<LowerContext, "randomStream">, size: ImageSize): Node {
    return this.transform(size, randomUniform([this.numDraws], { stream: randomStream(), seed: this.seed ?? 0 }));
  }

  /** Where each image is read: a transform [8] of each sample, made of its numbers from 0 to 1. */
  protected abstract transform(size: ImageSize, chances: Node): Node;

  protected override settings(): KerasConfig {
    const { fillMode, interpolation, fillValue } = this;
    return { ...super.settings(), fill_mode: fillMode, interpolation, fill_value: fillValue };
  }
}

/**
 * start + Σ factor · change: a transform for each sample.
 *
 * @param factors `[n]` per sample.
 * @param changes what one of each factor adds to the transform.
 */
export function sumOfTransforms(start: Transform, factors: Node, changes: readonly Transform[]): Node {
  const rows = constantTensor("changes", [changes.length, start.length], Float32Array.from(changes.flat()));
  return add(dense(factors, rows), constantTensor("start", [start.length], Float32Array.from(start)));
}

/**
 * The transform of images that are read by the first and then, as a new image, by the second: x → first(second(x)). Both are affine,
 * [8] per sample with zeros at the end.
 */
export function composeTransforms(first: Node, second: Node): Node {
  const rows = (transform: Node): Node => reshape(slice(transform, { begin: [0], size: [6] }), [2, 3]);
  const [outer, inner] = [rows(first), rows(second)];
  const column = (index: number): Node => slice(outer, { begin: [0, index], size: [2, 1] });
  const row = (index: number): Node => slice(inner, { begin: [index, 0], size: [1, 3] });
  // The outer 2×2 matrix times the inner 2×3 one, and the outer shift: [2, 3]
  const product = add(mul(column(0), row(0)), mul(column(1), row(1)));
  const composed = add(product, pad(column(2), { before: [0, 2], after: [0, 0] }));
  return pad(reshape(composed, [6]), { before: [0], after: [2] });
}

/** The options that Keras wrote into a model file; the layer checks the names. */
export function randomTransformOptions(config: ConfigReader): RandomTransformOptions {
  return {
    ...randomImageOptions(config),
    fillMode: config.string("fill_mode", "reflect") as FillMode,
    interpolation: config.string("interpolation", "bilinear") as Interpolation,
    fillValue: config.optionalNumber("fill_value") ?? 0,
  };
}

/** Changes of samples that leave what they show as it is, so that a model meets none of them twice. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { concatenate } from "../../ops/concatenate.ts";
import { clip } from "../../ops/elementwise.ts";
import { slice } from "../../ops/slice.ts";
import type { Layer, LowerContext } from "../layers/layer.ts";
import { augmentationKinds } from "./kinds.ts";
import type { AugmentationName, AugmentedSamples, ChosenKind } from "./kinds.ts";
import { ResampledOnce } from "./resampled-once.ts";
import { readAugmentation } from "./read-augmentation.ts";
import type { AugmentationOptions } from "./read-augmentation.ts";

export class Augmentation {
  readonly #kinds: ReadonlyMap<AugmentationName, ChosenKind>;

  constructor(kinds: ReadonlyMap<AugmentationName, ChosenKind>) {
    this.#kinds = kinds;
  }

  /** What changes, with the amount, in the order in which it does. */
  get amounts(): Readonly<Partial<Record<AugmentationName, number | string>>> {
    return Object.fromEntries([...this.#kinds].map(([name, { amount }]) => [name, amount]));
  }

  /** How much the samples of a batch are mixed with one another, for the option `mixUp` of `fit`; undefined where they are not. */
  get mixUp(): number | undefined {
    const amount = this.#kinds.get("mixup")?.amount;
    return amount === undefined ? undefined : Number(amount);
  }

  /** What `augmentation` makes the same of: `flip=horizontal, rotate=15`. */
  toString(): string {
    return [...this.#kinds].map(([name, { amount }]) => `${name}=${amount}`).join(", ");
  }

  /**
   * Checks that samples of a shape can be changed so.
   *
   * @throws GraphError when they are no images, and only images can be.
   */
  check(shape: Shape): void {
    const wrong = [...this.#kinds.keys()].find((name) => augmentationKinds[name].needsImages);
    if (wrong === undefined || shape.length === 3) return;
    throw new GraphError(
      `the augmentation "${wrong}" changes images [height, width, channels]; samples of shape ${formatShape(shape)} came. ` +
        'For others there are "noise" and "mixup"',
    );
  }

  /**
   * Layers that do it while a model trains and nothing else, to begin a model with; all but `mixup`, which `fit` does.
   *
   * @throws GraphError when samples of this shape cannot be changed so.
   *
   * @example
   * const image = [28, 28, 1];
   * sequential([input(image), ...augmentation("flip, rotate=10").layers({ shape: image, valueRange: [0, 1] }), conv2d(16, 3), …])
   */
  layers(samples: AugmentedSamples): readonly Layer[] {
    this.check(samples.shape);
    return [...this.#kinds.values()].flatMap((kind) => kind.layers(samples));
  }

  /**
   * Samples as a training sees them, drawn anew for every sample and step; all but `mixup`. As the layers one after the other, except
   * that rotations, shears, zooms and shifts are one transform, and that what leaves the range of values is clipped.
   *
   * @param sample per sample, of the samples' shape.
   */
  apply(context: LowerContext, sample: Node, valueRange: AugmentedSamples["valueRange"]): Node {
    this.check(sample.type.shape);
    return change(context, sample, valueRange, [...this.#kinds]);
  }

  /**
   * The same of samples and of their targets, such as noisy images and clean ones. What moves pixels moves those of both alike; what changes
   * values changes the sample alone, whose target stays what it was.
   *
   * @param target per sample, of the samples' shape.
   */
  applyToPair(
    context: LowerContext,
    [sample, target]: readonly [sample: Node, target: Node],
    valueRange: AugmentedSamples["valueRange"],
  ): readonly [sample: Node, target: Node] {
    const { shape } = sample.type;
    this.check(shape);
    const kinds = [...this.#kinds];
    const moving = kinds.filter(([name]) => augmentationKinds[name].movesPixels);
    const others = kinds.filter(([name]) => !augmentationKinds[name].movesPixels);
    if (moving.length === 0) return [change(context, sample, valueRange, others), target];
    const [height, width, channels] = shape as [number, number, number];
    // As more channels of one image they move alike, and what is drawn is drawn once.
    const moved = change(context, concatenate([sample, target], 2), valueRange, moving);
    const part = (first: number): Node => slice(moved, { begin: [0, 0, first], size: [height, width, channels] });
    return [change(context, part(0), valueRange, others), part(channels)];
  }
}

function change(
  context: LowerContext,
  sample: Node,
  valueRange: AugmentedSamples["valueRange"],
  kinds: readonly (readonly [AugmentationName, ChosenKind])[],
): Node {
  const { shape } = sample.type;
  const images = new ResampledOnce({ ...context, training: true }, sample);
  for (const [name, kind] of kinds) {
    for (const layer of kind.layers({ shape, valueRange })) images.put(layer);
    if (augmentationKinds[name].leavesRange) images.change((augmented) => clip(augmented, ...valueRange));
  }
  return images.result;
}

/** A text such as `flip, rotate=15`, an object of the same names, or what was made of either. */
export type AugmentationLike = string | AugmentationOptions | Augmentation;

/**
 * Says how samples are changed at random while a model trains: by a text, as on the command line, or an object. `augmentationKinds` says
 * which kinds there are, and which amounts they take. They change samples in the order of that table, however they were named.
 *
 * @throws RangeError when a name is unknown or comes twice, an amount is out of range, or nothing is named.
 *
 * @example
 * augmentation("flip, rotate=15, cutout")
 * augmentation({ flip: true, rotate: 15, cutout: true })
 */
export function augmentation(given: AugmentationLike): Augmentation {
  return given instanceof Augmentation ? given : new Augmentation(readAugmentation(given));
}

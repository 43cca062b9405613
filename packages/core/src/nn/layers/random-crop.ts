import type { Node } from "../../graph/node.ts";
import { floor } from "../../ops/elementwise.ts";
import { resampleImage } from "../../ops/resample-image/index.ts";
import { slice } from "../../ops/slice.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { aspectWindow } from "./aspect-ratio.ts";
import { resizeImage } from "./interpolation.ts";
import type { Layer, LowerContext } from "./layer.ts";
import { checkCount } from "./option-checks.ts";
import { spread } from "./random-factor.ts";
import { RandomImageLayer, randomImageOptions } from "./random-image-layer.ts";
import type { RandomImageOptions } from "./random-image-layer.ts";
import { sumOfTransforms } from "./random-transform.ts";

class RandomCrop extends RandomImageLayer {
  readonly height: number;
  readonly width: number;

  constructor(height: number, width: number, options: RandomImageOptions) {
    super("RandomCrop", options);
    this.height = checkCount("RandomCrop", "height", height);
    this.width = checkCount("RandomCrop", "width", width);
  }

  protected get numDraws(): number {
    return 2;
  }

  protected override lower(context: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const [image] = super.lower(context, [x]) as [Node];
    return [context.training ? image : this.#central(image)];
  }

  augment(image: Node, chances: Node): Node {
    const { height, width } = this;
    const [oldHeight, oldWidth] = image.type.shape as [number, number, number];
    if (oldHeight <= height || oldWidth <= width) return this.#smallImage(image);
    const starts = floor(
      spread(chances, [
        [0, oldHeight - height + 1],
        [0, oldWidth - width + 1],
      ]),
    );
    const transform = sumOfTransforms([1, 0, 0, 0, 1, 0, 0, 0], starts, [
      [0, 0, 0, 0, 0, 1, 0, 0],
      [0, 0, 1, 0, 0, 0, 0, 0],
    ]);
    return resampleImage(image, transform, { interpolation: "nearest", outputSize: [height, width] });
  }

  protected override settings(): KerasConfig {
    return { ...super.settings(), height: this.height, width: this.width };
  }

  /** The largest part about the middle with the new size's aspect ratio, in the new size. */
  #central(image: Node): Node {
    const { begin, size } = aspectWindow(image, [this.height, this.width]);
    return resizeImage(slice(image, { begin, size }), [this.height, this.width], { interpolation: "bilinear" });
  }

  /** Keras's: a part of up to the new size that begins where the one of the right aspect ratio would, in the new size. */
  #smallImage(image: Node): Node {
    const { height, width } = this;
    const [oldHeight, oldWidth, channels] = image.type.shape as [number, number, number];
    const { begin } = aspectWindow(image, [height, width]);
    const [top, left] = begin as [number, number, number];
    const size = [Math.min(height, oldHeight - top), Math.min(width, oldWidth - left), channels];
    return resizeImage(slice(image, { begin, size }), [height, width], { interpolation: "bilinear" });
  }
}

/**
 * In training, cuts a part of this size out of each image, anywhere: [any height, any width, channels] →
 * [height, width, channels]. Outside of training it is the largest part about the middle of the same aspect ratio, resized, as
 * Keras documents it; Keras 3.15 itself leaves images as they are there, in another shape than it says. Images that are no
 * larger are resized.
 *
 * Each image is cut by itself, where Keras cuts all of a batch alike.
 *
 * @throws RangeError unless height and width are whole numbers from 1 on.
 */
export function randomCrop(height: number, width: number, options: RandomImageOptions = {}): Layer {
  return new RandomCrop(height, width, options);
}

export function randomCropFromConfig(config: ConfigReader): Layer {
  return randomCrop(config.number("height"), config.number("width"), randomImageOptions(config));
}

import type { Node } from "../../graph/node.ts";
import type { Layer, LowerContext } from "../layers/layer.ts";
import { composeTransforms, RandomTransform } from "../layers/random-transform.ts";

/**
 * Images that go through layers, of which those that follow one another as affine transforms become one: images lose sharpness each time
 * that they are interpolated, and a small one that is turned, slanted, zoomed and moved in turn has no fine lines left.
 */
export class ResampledOnce {
  readonly #context: LowerContext;
  #image: Node;
  /** A transform that the image is still to be read by, and how. */
  #due: { readonly layer: RandomTransform; readonly transform: Node } | undefined;

  constructor(context: LowerContext, image: Node) {
    this.#context = context;
    this.#image = image;
  }

  /** Puts the images through a layer. Transforms fill and interpolate as the first of them. */
  put(layer: Layer): void {
    if (!(layer instanceof RandomTransform)) {
      this.change((image) => layer.lowerCall(this.#context, [image])[0] as Node);
      return;
    }
    const [height, width] = this.#image.type.shape as [number, number, number];
    const transform = layer.drawTransform(this.#context, [height, width]);
    const due = this.#due;
    this.#due =
      due === undefined ? { layer, transform } : { ...due, transform: composeTransforms(due.transform, transform) };
  }

  change(change: (image: Node) => Node): void {
    this.#image = change(this.result);
    this.#due = undefined;
  }

  /** The images so far. */
  get result(): Node {
    return this.#due === undefined ? this.#image : this.#due.layer.resample(this.#image, this.#due.transform);
  }
}

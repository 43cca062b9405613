/** What MobileNetV2 expects of pixels: values from −1 to 1 instead of bytes. */
import type { Layer, LayerOptions } from "../../nn/layers/layer.ts";
import { rescaling } from "../../nn/layers/rescaling.ts";
import type { NumberArray } from "../../nn/tensor-data.ts";

const HALF_RANGE = 127.5;

/**
 * x / 127.5 − 1, as Keras's `mobilenet_v2.preprocess_input`: pixels from 0 to 255 → a copy with values from −1 to 1. The channels stay
 * red, green, blue.
 */
export function preprocessInput(pixels: NumberArray): Float32Array {
  return Float32Array.from(pixels, (pixel) => Math.fround(pixel / HALF_RANGE) - 1);
}

/**
 * The same as a layer, for models that take pixels as they are.
 *
 * @example
 * const image = input([224, 224, 3]);
 * const classifier = model(image, mobileNetV2()(inputRescaling()(image)));
 */
export function inputRescaling(options: LayerOptions = {}): Layer {
  return rescaling(1 / HALF_RANGE, { ...options, offset: -1 });
}

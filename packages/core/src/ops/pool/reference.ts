/** What the references of pooling ops share; written apart from the kernels' loops, for it checks them. */
import type { Shape } from "../../graph/tensor-type.ts";
import { poolGeometry } from "./geometry.ts";
import type { Pool2dOptions } from "./geometry.ts";

/** Visits every channel of every window: its flat position in the result, and those of its elements in the image. */
export function mapWindows(
  imageShape: Shape,
  options: Pool2dOptions,
  visit: (window: number, elements: readonly number[]) => void,
): void {
  const { y, x, channels } = poolGeometry(imageShape, options);
  for (let window = 0; window < y.windows.out * x.windows.out * channels; window++) {
    const channel = window % channels;
    const column = Math.floor(window / channels) % x.windows.out;
    const row = Math.floor(window / channels / x.windows.out);
    const elements: number[] = [];
    for (let i = 0; i < y.kernel * x.kernel; i++) {
      const imageRow = row * y.stride - y.windows.before + Math.floor(i / x.kernel);
      const imageColumn = column * x.stride - x.windows.before + (i % x.kernel);
      const isInside = imageRow >= 0 && imageRow < y.size && imageColumn >= 0 && imageColumn < x.size;
      if (isInside) elements.push((imageRow * x.size + imageColumn) * channels + channel);
    }
    visit(window, elements);
  }
}

/** The first of the largest elements that are not NaN, if there are such. */
export function firstLargest(image: Float64Array, elements: readonly number[]): number | undefined {
  const largest = Math.max(...elements.map((element) => image[element]!).filter((value) => !Number.isNaN(value)));
  return elements.find((element) => image[element] === largest);
}

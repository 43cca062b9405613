/** The weights of an encoder's first layer as pictures: what it looks for in samples. None where they make no pictures. */
import type { Shape } from "../../graph/tensor-type.ts";
import type { Model } from "../../nn/model/model.ts";
import type { Variable } from "../../nn/variable.ts";
import type { Exhibit } from "../exhibit.ts";
import { unitsExhibit, unitWeights } from "../exhibits.ts";

/** Of a dense layer on images: a picture of the image's size for each unit. */
export function firstUnitsExhibit(encoder: Model, shape: Shape): readonly Exhibit[] {
  const kernel = firstKernel(encoder, "Dense");
  if (kernel === undefined || !isPicture(shape)) return [];
  return [
    unitsExhibit({
      title: "The first units",
      note: `What each unit of the first layer looks for; ${signs(shape)} Units that look like noise have found little of their own.`,
      shape,
      values: unitWeights(kernel.read(), kernel.shape.at(-1) ?? 1),
    }),
  ];
}

/** Of a convolution: a picture of the kernel's size for each filter. */
export function firstFiltersExhibit(encoder: Model): readonly Exhibit[] {
  const kernel = firstKernel(encoder, "Conv2D");
  const [height = 1, width = 1, channels = 1, filters = 1] = kernel?.shape ?? [];
  const shape = [height, width, channels];
  if (kernel === undefined || !isPicture(shape)) return [];
  return [
    unitsExhibit({
      title: "The first filters",
      note: `What each filter of the first convolution looks for; ${signs(shape)} Edges and spots are a good sign.`,
      shape,
      values: unitWeights(kernel.read(), filters),
    }),
  ];
}

/** How to read weights, which lie around zero, from a picture of them. */
function signs(shape: Shape): string {
  return shape.at(-1) === 1
    ? "white weighs for it, black against it."
    : "a colour weighs for what has that colour, and against what has the opposite one; grey weighs nothing.";
}

function firstKernel(encoder: Model, className: string): Variable | undefined {
  const first = encoder.layers.find((layer) => layer.className === className);
  return first?.variables.find(({ name }) => name === "kernel");
}

/** Grey or coloured, and larger than a line. */
function isPicture([height = 1, width = 1, channels = 0]: Shape): boolean {
  return Math.min(height, width) > 1 && (channels === 1 || channels === 3);
}

import type { Model } from "../../nn/model/model.ts";
import type { Exhibit } from "../exhibit.ts";
import { unitsExhibit, unitWeights } from "../exhibits.ts";

/** The kernels of an encoder's first convolution as pictures; none where they are no pictures, as those of a signal. */
export function filtersExhibit(encoder: Model): readonly Exhibit[] {
  const first = encoder.layers.find(({ className }) => className === "Conv2D");
  const kernel = first?.variables.find(({ name }) => name === "kernel");
  const [height = 1, width = 1, channels = 1, filters = 1] = kernel?.shape ?? [];
  if (kernel === undefined || Math.min(height, width) < 2 || (channels !== 1 && channels !== 3)) return [];
  return [
    unitsExhibit({
      title: "The first filters",
      note: "What each filter of the first convolution looks for; white weighs for it, black against it. Edges and spots are a good sign.",
      shape: [height, width, channels],
      values: unitWeights(kernel.read(), filters),
    }),
  ];
}

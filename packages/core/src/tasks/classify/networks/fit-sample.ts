/** From samples as they come to what a base was trained on: its values, its channels. */
import { GraphError } from "../../../graph/error.ts";
import { formatShape, sameShape } from "../../../graph/tensor-type.ts";
import type { Shape } from "../../../graph/tensor-type.ts";
import { concatenate, rescaling } from "../../../nn/layers/index.ts";
import type { SymbolicTensor } from "../../../nn/layers/layer.ts";

/** The values that a network takes for those from 0 to 1: as they are; from −1 to 1; or from 0 to 255, as files of images have them. */
export type InputValues = "unit" | "symmetric" | "pixels";

const SCALES: Readonly<Record<InputValues, (sample: SymbolicTensor) => SymbolicTensor>> = {
  unit: (sample) => sample,
  symmetric: (sample) => rescaling(2, { offset: -1, name: "from_minus_1_to_1" })(sample),
  pixels: (sample) => rescaling(255, { name: "from_0_to_255" })(sample),
};

/**
 * Makes a base's input of a sample with values from 0 to 1: [height, width, 1] becomes three equal channels where the base has three.
 *
 * @throws GraphError when the base takes other samples.
 */
export function fitSample(sample: SymbolicTensor, expected: Shape, values: InputValues): SymbolicTensor {
  const scaled = SCALES[values](sample);
  if (sameShape(sample.shape, expected)) return scaled;
  const [height, width, channels] = sample.shape;
  if (sample.shape.length === 3 && channels === 1 && sameShape([height as number, width as number, 3], expected)) {
    return concatenate({ name: "grey_as_color" })([scaled, scaled, scaled]);
  }
  throw new GraphError(
    `the base takes samples of shape ${formatShape(expected)}; samples of shape ${formatShape(sample.shape)} came. ` +
      "Bring images to its size and colors (--size, --color)",
  );
}

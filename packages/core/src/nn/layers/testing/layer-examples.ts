/** An example or more of every layer that model files may name, for the contract that all of them hold to. */
import { l1l2 } from "../../regularizers/index.ts";
import * as layers from "../index.ts";
import type { LayerExample } from "./layer-contract.ts";

export const LAYER_EXAMPLES: Readonly<Record<string, readonly LayerExample[]>> = {
  Activation: [{ make: () => layers.activation("tanh"), inputs: [[3, 2]], output: [3, 2] }],
  AveragePooling2D: [
    { make: () => layers.averagePooling2d([2, 3], { padding: "same" }), inputs: [[5, 4, 2]], output: [3, 2, 2] },
  ],
  Conv2D: [
    {
      make: () => layers.conv2d(3, 3, { strides: 2, activityRegularizer: l1l2({ l1: 0.1, l2: 0.2 }) }),
      inputs: [[6, 5, 2]],
      output: [2, 2, 3],
    },
  ],
  Conv2DTranspose: [
    {
      make: () => layers.conv2dTranspose(2, [3, 2], { strides: 2, padding: "same" }),
      inputs: [[3, 2, 3]],
      output: [6, 4, 2],
    },
  ],
  Dense: [{ make: () => layers.dense(3, { activation: "sigmoid" }), inputs: [[2, 5]], output: [2, 3] }],
  Dropout: [{ make: () => layers.dropout(0.4), inputs: [[4, 3]], output: [4, 3] }],
  Flatten: [{ make: () => layers.flatten(), inputs: [[2, 3, 2]], output: [12] }],
  MaxPooling2D: [{ make: () => layers.maxPool2d(2), inputs: [[5, 4, 2]], output: [2, 2, 2] }],
  Reshape: [{ make: () => layers.reshape([2, -1]), inputs: [[4, 3]], output: [2, 6] }],
  UpSampling2D: [{ make: () => layers.upSampling2d([2, 3]), inputs: [[2, 2, 2]], output: [4, 6, 2] }],
};

/** An example or more of every layer that model files may name, for the contract that all of them hold to. */
import { l1l2 } from "../../regularizers/index.ts";
import * as layers from "../index.ts";
import type { LayerExample } from "./layer-contract.ts";

export const LAYER_EXAMPLES: Readonly<Record<string, readonly LayerExample[]>> = {
  Activation: [
    { make: () => layers.activation("tanh"), inputs: [[3, 2]], output: [3, 2] },
    { make: () => layers.activation("glu"), inputs: [[3, 4]], output: [3, 2] },
    { make: () => layers.activation("sparsemax"), inputs: [[3, 4]], output: [3, 4] },
  ],
  ActivityRegularization: [
    { make: () => layers.activityRegularization({ l1: 0.1, l2: 0.2 }), inputs: [[3, 2]], output: [3, 2] },
  ],
  Add: [
    {
      make: () => layers.add(),
      inputs: [
        [2, 3],
        [2, 3],
        [2, 3],
      ],
      output: [2, 3],
    },
    { make: () => layers.add(), inputs: [[3], [2, 1]], output: [2, 3] },
  ],
  AlphaDropout: [
    { make: () => layers.alphaDropout(0.3, { noiseShape: [null, null, 1] }), inputs: [[4, 3]], output: [4, 3] },
  ],
  Average: [
    {
      make: () => layers.average(),
      inputs: [
        [2, 3],
        [2, 3],
        [1, 3],
      ],
      output: [2, 3],
    },
  ],
  AveragePooling1D: [{ make: () => layers.averagePooling1d(2, { padding: "same" }), inputs: [[5, 2]], output: [3, 2] }],
  AveragePooling2D: [
    { make: () => layers.averagePooling2d([2, 3], { padding: "same" }), inputs: [[5, 4, 2]], output: [3, 2, 2] },
  ],
  BatchNormalization: [
    { make: () => layers.batchNormalization(), inputs: [[3, 2, 4]], output: [3, 2, 4] },
    {
      make: () => layers.batchNormalization({ center: false, scale: false, epsilon: 0.1 }),
      inputs: [[5]],
      output: [5],
    },
    {
      make: () =>
        layers.batchNormalization({ axis: 1, momentum: 0.5, gammaRegularizer: "l2", betaConstraint: "nonNeg" }),
      inputs: [[3, 4]],
      output: [3, 4],
    },
    { make: () => layers.batchNormalization({ trainable: false }), inputs: [[3, 2]], output: [3, 2] },
  ],
  Concatenate: [
    {
      make: () => layers.concatenate(),
      inputs: [
        [2, 1],
        [2, 3],
        [2, 2],
      ],
      output: [2, 6],
    },
    {
      make: () => layers.concatenate({ axis: 1 }),
      inputs: [
        [2, 3],
        [1, 3],
      ],
      output: [3, 3],
    },
  ],
  Conv1D: [
    {
      make: () => layers.conv1d(3, 3, { padding: "causal", dilationRate: 2, activation: "tanh" }),
      inputs: [[7, 2]],
      output: [7, 3],
    },
    {
      make: () => layers.conv1d(4, 2, { strides: 2, padding: "same", groups: 2, useBias: false }),
      inputs: [[5, 4]],
      output: [3, 4],
    },
  ],
  Conv2D: [
    {
      make: () => layers.conv2d(3, 3, { strides: 2, activityRegularizer: l1l2({ l1: 0.1, l2: 0.2 }) }),
      inputs: [[6, 5, 2]],
      output: [2, 2, 3],
    },
    {
      make: () =>
        layers.conv2d(4, [3, 2], {
          padding: "same",
          dilationRate: [1, 2],
          groups: 2,
          kernelRegularizer: "l2",
          kernelConstraint: "maxNorm",
          biasRegularizer: "l1",
          biasConstraint: "nonNeg",
        }),
      inputs: [[4, 5, 2]],
      output: [4, 5, 4],
    },
  ],
  Conv2DTranspose: [
    {
      make: () => layers.conv2dTranspose(2, [3, 2], { strides: 2, padding: "same" }),
      inputs: [[3, 2, 3]],
      output: [6, 4, 2],
    },
    {
      make: () => layers.conv2dTranspose(2, 3, { strides: [2, 3], padding: "valid", outputPadding: [1, 2] }),
      inputs: [[3, 2, 2]],
      output: [8, 8, 2],
    },
    { make: () => layers.conv2dTranspose(2, 3, { dilationRate: 2 }), inputs: [[3, 2, 2]], output: [7, 6, 2] },
  ],
  Cropping2D: [
    {
      make: () =>
        layers.cropping2d([
          [1, 0],
          [0, 2],
        ]),
      inputs: [[4, 4, 2]],
      output: [3, 2, 2],
    },
  ],
  Dense: [
    { make: () => layers.dense(3, { activation: "sigmoid" }), inputs: [[2, 5]], output: [2, 3] },
    {
      make: () =>
        layers.dense(3, {
          kernelRegularizer: "l2",
          biasRegularizer: "l1",
          activityRegularizer: l1l2({ l1: 0.1, l2: 0.2 }),
          kernelConstraint: "maxNorm",
          biasConstraint: "nonNeg",
        }),
      inputs: [[5]],
      output: [3],
    },
  ],
  DepthwiseConv2D: [
    {
      make: () => layers.depthwiseConv2d(3, { depthMultiplier: 2, padding: "same", depthwiseRegularizer: "l2" }),
      inputs: [[4, 5, 2]],
      output: [4, 5, 4],
    },
    {
      make: () => layers.depthwiseConv2d([3, 2], { strides: 2, dilationRate: [1, 2], depthwiseConstraint: "unitNorm" }),
      inputs: [[6, 7, 3]],
      output: [2, 3, 3],
    },
  ],
  Dot: [
    { make: () => layers.dot(1), inputs: [[5], [5]], output: [1] },
    {
      make: () => layers.dot([2, 1], { normalize: true }),
      inputs: [
        [2, 4],
        [4, 3],
      ],
      output: [2, 3],
    },
    { make: () => layers.dot([-1, 1]), inputs: [[2, 3, 4], [4]], output: [2, 3] },
  ],
  Dropout: [
    { make: () => layers.dropout(0.4), inputs: [[4, 3]], output: [4, 3] },
    { make: () => layers.dropout(0.5, { noiseShape: [null, 1, null], seed: 7 }), inputs: [[4, 3]], output: [4, 3] },
  ],
  ELU: [{ make: () => layers.elu({ alpha: 0.5 }), inputs: [[3, 2]], output: [3, 2] }],
  Flatten: [{ make: () => layers.flatten(), inputs: [[2, 3, 2]], output: [12] }],
  GaussianDropout: [{ make: () => layers.gaussianDropout(0.3), inputs: [[4, 3]], output: [4, 3] }],
  GaussianNoise: [{ make: () => layers.gaussianNoise(0.3, { seed: 3 }), inputs: [[4, 3]], output: [4, 3] }],
  GlobalAveragePooling1D: [{ make: () => layers.globalAveragePooling1d(), inputs: [[4, 3]], output: [3] }],
  GlobalAveragePooling2D: [
    { make: () => layers.globalAveragePooling2d({ keepDims: true }), inputs: [[3, 2, 3]], output: [1, 1, 3] },
  ],
  GlobalMaxPooling1D: [{ make: () => layers.globalMaxPooling1d({ keepDims: true }), inputs: [[4, 3]], output: [1, 3] }],
  GlobalMaxPooling2D: [{ make: () => layers.globalMaxPooling2d(), inputs: [[3, 2, 3]], output: [3] }],
  GroupNormalization: [
    { make: () => layers.groupNormalization({ groups: 2 }), inputs: [[3, 2, 4]], output: [3, 2, 4] },
    { make: () => layers.groupNormalization({ groups: -1, axis: 1, scale: false }), inputs: [[3, 4]], output: [3, 4] },
  ],
  LayerNormalization: [
    { make: () => layers.layerNormalization(), inputs: [[3, 4]], output: [3, 4] },
    {
      make: () => layers.layerNormalization({ axis: [1, -1], betaRegularizer: "l1" }),
      inputs: [[3, 2, 4]],
      output: [3, 2, 4],
    },
    { make: () => layers.layerNormalization({ rmsScaling: true }), inputs: [[3, 4]], output: [3, 4] },
  ],
  LeakyReLU: [{ make: () => layers.leakyRelu(), inputs: [[3, 2]], output: [3, 2] }],
  Maximum: [{ make: () => layers.maximum(), inputs: [[2, 3], [3], [2, 3]], output: [2, 3] }],
  MaxPooling1D: [{ make: () => layers.maxPool1d(3, { strides: 2 }), inputs: [[7, 2]], output: [3, 2] }],
  MaxPooling2D: [{ make: () => layers.maxPool2d(2), inputs: [[5, 4, 2]], output: [2, 2, 2] }],
  Minimum: [
    {
      make: () => layers.minimum(),
      inputs: [
        [2, 3],
        [2, 1],
      ],
      output: [2, 3],
    },
  ],
  Multiply: [
    {
      make: () => layers.multiply(),
      inputs: [
        [2, 3],
        [2, 3],
        [2, 1],
      ],
      output: [2, 3],
    },
  ],
  Normalization: [
    { make: () => layers.normalization(), inputs: [[3, 2]], output: [3, 2] },
    {
      make: () => layers.normalization({ axis: null, mean: 1, variance: 4, invert: true }),
      inputs: [[3, 2]],
      output: [3, 2],
    },
  ],
  Permute: [{ make: () => layers.permute([3, 1, 2]), inputs: [[2, 3, 4]], output: [4, 2, 3] }],
  PReLU: [
    { make: () => layers.prelu({ alphaInitializer: "ones" }), inputs: [[3, 2]], output: [3, 2] },
    {
      make: () => layers.prelu({ sharedAxes: [1, 2], alphaConstraint: "nonNeg" }),
      inputs: [[3, 2, 4]],
      output: [3, 2, 4],
    },
  ],
  ReLU: [
    { make: () => layers.relu(), inputs: [[3, 2]], output: [3, 2] },
    {
      make: () => layers.relu({ maxValue: 1.5, negativeSlope: 0.1, threshold: 0.5 }),
      inputs: [[3, 2]],
      output: [3, 2],
    },
  ],
  RepeatVector: [{ make: () => layers.repeatVector(3), inputs: [[4]], output: [3, 4] }],
  RandomBrightness: [
    {
      make: () => layers.randomBrightness([-0.5, 0.75], { valueRange: [-1.5, 1.25], seed: 4 }),
      inputs: [[3, 2, 2]],
      output: [3, 2, 2],
    },
  ],
  RandomContrast: [
    {
      make: () => layers.randomContrast([0.5, 0.9], { valueRange: [-1.5, 1.75] }),
      inputs: [[3, 2, 2]],
      output: [3, 2, 2],
    },
  ],
  RandomCrop: [
    { make: () => layers.randomCrop(3, 2, { seed: 1 }), inputs: [[5, 4, 2]], output: [3, 2, 2] },
    { make: () => layers.randomCrop(4, 3), inputs: [[3, 5, 1]], output: [4, 3, 1] },
  ],
  RandomErasing: [
    {
      make: () => layers.randomErasing([1, 1], { scale: [0.2, 0.5], fillValue: 0.25, valueRange: [-1, 1] }),
      inputs: [[5, 4, 2]],
      output: [5, 4, 2],
    },
    { make: () => layers.randomErasing(1, { valueRange: [-1, 0.5], seed: 2 }), inputs: [[4, 5, 1]], output: [4, 5, 1] },
    {
      make: () => layers.randomErasing([1, 1], { fillValue: [0.1, 0.2, 0.3] }),
      inputs: [[4, 4, 3]],
      output: [4, 4, 3],
    },
  ],
  RandomFlip: [
    { make: () => layers.randomFlip(), inputs: [[3, 4, 2]], output: [3, 4, 2] },
    { make: () => layers.randomFlip("vertical"), inputs: [[3, 2, 1]], output: [3, 2, 1] },
  ],
  RandomRotation: [
    { make: () => layers.randomRotation(0.4), inputs: [[3, 4, 2]], output: [3, 4, 2] },
    {
      make: () => layers.randomRotation([0.1, 0.3], { fillMode: "constant", fillValue: 0.5, interpolation: "nearest" }),
      inputs: [[4, 3, 1]],
      output: [4, 3, 1],
    },
  ],
  RandomShear: [
    { make: () => layers.randomShear(0.4, 0.3), inputs: [[4, 3, 2]], output: [4, 3, 2] },
    {
      make: () => layers.randomShear([0.2, 0.6], 0, { fillMode: "constant", fillValue: 0.5, interpolation: "nearest" }),
      inputs: [[3, 4, 1]],
      output: [3, 4, 1],
    },
  ],
  RandomTranslation: [
    { make: () => layers.randomTranslation(0.3, [-0.2, 0.6]), inputs: [[4, 3, 2]], output: [4, 3, 2] },
    {
      make: () => layers.randomTranslation(1, 0, { fillMode: "wrap", interpolation: "nearest" }),
      inputs: [[4, 3, 1]],
      output: [4, 3, 1],
    },
  ],
  RandomZoom: [
    { make: () => layers.randomZoom(0.5), inputs: [[4, 5, 2]], output: [4, 5, 2] },
    {
      make: () => layers.randomZoom([0.2, 0.4], [-0.5, -0.1], { fillMode: "nearest" }),
      inputs: [[3, 4, 1]],
      output: [3, 4, 1],
    },
  ],
  Rescaling: [{ make: () => layers.rescaling(0.5, { offset: [1, -1] }), inputs: [[3, 2]], output: [3, 2] }],
  Reshape: [{ make: () => layers.reshape([2, -1]), inputs: [[4, 3]], output: [2, 6] }],
  Resizing: [
    { make: () => layers.resizing(2, 5), inputs: [[4, 3, 2]], output: [2, 5, 2] },
    {
      make: () => layers.resizing(3, 3, { interpolation: "bicubic", antialias: true, cropToAspectRatio: true }),
      inputs: [[7, 5, 1]],
      output: [3, 3, 1],
    },
    {
      make: () => layers.resizing(4, 4, { interpolation: "lanczos3", padToAspectRatio: true, fillValue: 0.5 }),
      inputs: [[6, 3, 1]],
      output: [4, 4, 1],
    },
  ],
  SeparableConv2D: [
    {
      make: () =>
        layers.separableConv2d(3, 3, {
          strides: 2,
          padding: "same",
          depthMultiplier: 2,
          pointwiseRegularizer: "l1",
          pointwiseConstraint: "nonNeg",
        }),
      inputs: [[5, 4, 2]],
      output: [3, 2, 3],
    },
  ],
  Softmax: [
    { make: () => layers.softmax(), inputs: [[3, 4]], output: [3, 4] },
    { make: () => layers.softmax({ axis: [1, 2] }), inputs: [[3, 2, 4]], output: [3, 2, 4] },
  ],
  SpatialDropout1D: [{ make: () => layers.spatialDropout1d(0.4), inputs: [[3, 5]], output: [3, 5] }],
  SpatialDropout2D: [{ make: () => layers.spatialDropout2d(0.4, { seed: 5 }), inputs: [[3, 2, 5]], output: [3, 2, 5] }],
  Subtract: [{ make: () => layers.subtract(), inputs: [[2, 3], [3]], output: [2, 3] }],
  UnitNormalization: [{ make: () => layers.unitNormalization({ axis: [1, 2] }), inputs: [[3, 4]], output: [3, 4] }],
  UpSampling1D: [{ make: () => layers.upSampling1d(3), inputs: [[2, 2]], output: [6, 2] }],
  UpSampling2D: [
    { make: () => layers.upSampling2d([2, 3]), inputs: [[2, 2, 2]], output: [4, 6, 2] },
    { make: () => layers.upSampling2d(2, { interpolation: "bilinear" }), inputs: [[2, 3, 2]], output: [4, 6, 2] },
  ],
  ZeroPadding2D: [
    {
      make: () =>
        layers.zeroPadding2d([
          [0, 1],
          [2, 0],
        ]),
      inputs: [[2, 3, 2]],
      output: [3, 5, 2],
    },
  ],
};

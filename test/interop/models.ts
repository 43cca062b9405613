/**
 * The models that go to other programs and back: together they use every layer, initializer, optimizer and many losses.
 * Small, so that their files are; with random numbers in training only where a layer draws them.
 */

import {
  activations,
  constraints,
  initializers,
  input,
  layers,
  losses,
  model,
  models,
  optimizers,
  regularizers,
  schedules,
  sequential,
} from "@sandglass/core";
import type { CompileOptions, Model } from "@sandglass/core";

/** How targets are drawn: numbers from 0 to 1, one of the classes of the last axis as 0 and 1, or its number. */
export type TargetKind = "numbers" | "oneHot" | "classNumber";

export interface InteropModel {
  build(): Model;
  /** New objects for each model: optimizers count their steps. */
  compile(): CompileOptions;
  /** What the targets of each output are; numbers unless given. */
  readonly targets?: readonly TargetKind[];
  /** Whether training draws random numbers. */
  readonly isRandom?: boolean;
  /** Why Keras cannot read its `.h5` file. */
  readonly withoutH5?: string;
}

const l = layers;
const same = { padding: "same" } as const;
const relu = { activation: "relu" } as const;

export const INTEROP_MODELS: Readonly<Record<string, InteropModel>> = {
  "dense autoencoder": {
    build: () =>
      sequential([input([12]), l.dense(6, relu), l.dense(3), l.dense(6, relu), l.dense(12, { activation: "sigmoid" })]),
    compile: () => ({
      optimizer: optimizers.adam({ learningRate: 0.01 }),
      loss: "binary_crossentropy",
      metrics: ["mae"],
    }),
  },
  "convolutional autoencoder": {
    build: () =>
      sequential([
        input([8, 8, 1]),
        l.conv2d(4, 3, { ...relu, ...same }),
        l.maxPool2d(2, same),
        l.conv2d(2, 3, { ...relu, ...same }),
        l.upSampling2d(2),
        l.conv2d(1, 3, { activation: "sigmoid", ...same }),
      ]),
    compile: () => ({ optimizer: "rmsprop", loss: "mse" }),
  },
  "strides and transposed convolutions": {
    build: () =>
      sequential([
        input([7, 6, 2]),
        l.conv2d(3, 3, { strides: 2, ...same, ...relu }),
        l.conv2dTranspose(3, 3, { strides: 2, ...relu, outputPadding: 1 }),
        l.conv2dTranspose(2, 2, { useBias: false }),
        l.averagePooling2d([2, 1]),
      ]),
    compile: () => ({ optimizer: optimizers.sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true }), loss: "mae" }),
  },
  "dilation and groups": {
    build: () =>
      sequential([
        input([9, 9, 4]),
        l.conv2d(6, 3, { dilationRate: 2, groups: 2, ...relu }),
        l.conv2d(4, [3, 1], { groups: 2, ...same }),
        l.flatten(),
        l.dense(3),
      ]),
    compile: () => ({ optimizer: optimizers.adamW({ learningRate: 0.01, weightDecay: 0.02 }), loss: losses.huber() }),
  },
  "separable network": {
    build: () =>
      sequential([
        input([10, 9, 3]),
        l.zeroPadding2d([
          [0, 1],
          [1, 0],
        ]),
        l.conv2d(4, 3, { strides: 2, useBias: false }),
        l.batchNormalization(),
        l.relu({ maxValue: 6 }),
        l.depthwiseConv2d(3, { depthMultiplier: 2, ...same, useBias: false }),
        l.batchNormalization({ momentum: 0.9, epsilon: 1e-5 }),
        l.separableConv2d(5, 3, { ...same, ...relu }),
        l.cropping2d(1),
        l.globalAveragePooling2d(),
        l.dense(3, { activation: "softmax" }),
      ]),
    compile: () => ({
      optimizer: optimizers.nadam({ learningRate: 0.01 }),
      loss: losses.categoricalCrossentropy({ labelSmoothing: 0.1 }),
      metrics: ["accuracy"],
    }),
    targets: ["oneHot"],
  },
  "residual block": {
    build: () => {
      const x = input([6, 6, 3], { name: "image" });
      const one = l.batchNormalization({ scale: false })(l.conv2d(3, 3, same)(x));
      const two = l.conv2d(3, 3, same)(l.activation("relu")(one));
      return model(x, l.globalMaxPooling2d()(l.activation("relu")(l.add()([x, two]))));
    },
    compile: () => ({ optimizer: optimizers.adamax({ learningRate: 0.01 }), loss: "mse" }),
  },
  "all merging layers": {
    build: () => {
      const [a, b] = [input([4, 3], { name: "a" }), input([4, 3], { name: "b" })];
      const merged = [
        l.add()([a, b]),
        l.subtract()([a, b]),
        l.multiply()([a, b]),
        l.average()([a, b, a]),
        l.maximum()([a, b]),
        l.minimum()([a, b]),
      ];
      const joined = l.concatenate({ axis: -1 })(merged);
      const product = l.dot(2, { normalize: true })([a, b]);
      return model([a, b], [l.dense(2)(joined), l.flatten()(product)]);
    },
    compile: () => ({
      optimizer: optimizers.adagrad({ learningRate: 0.05 }),
      loss: ["mse", "mae"],
      lossWeights: [1, 0.5],
      metrics: [["mae"], []],
    }),
  },
  "two inputs and two outputs": {
    build: () => {
      const [image, numbers] = [input([4, 4, 1], { name: "image" }), input([3], { name: "numbers" })];
      const features = l.concatenate()([
        l.flatten()(l.conv2d(2, 2)(image)),
        l.dense(4, { activation: "tanh" })(numbers),
      ]);
      const shared = l.dense(5, { activation: "elu", name: "shared" })(features);
      return model(
        [image, numbers],
        [
          l.dense(1, { activation: "sigmoid", name: "yes" })(shared),
          l.dense(3, { activation: "softmax", name: "which" })(shared),
        ],
        { name: "two_and_two" },
      );
    },
    compile: () => ({
      optimizer: optimizers.adadelta({ learningRate: 0.5 }),
      loss: { yes: "binary_crossentropy", which: "sparse_categorical_crossentropy" },
      lossWeights: { yes: 0.3, which: 1 },
    }),
    targets: ["numbers", "classNumber"],
  },
  sequences: {
    build: () =>
      sequential([
        input([16, 2]),
        l.conv1d(4, 3, { padding: "causal", ...relu }),
        l.unitNormalization(),
        l.maxPool1d(2),
        l.conv1d(4, 3, { ...same, dilationRate: 2, groups: 2 }),
        l.averagePooling1d(2),
        l.upSampling1d(2),
        l.conv1d(3, 2, { strides: 2 }),
        l.globalAveragePooling1d(),
      ]),
    compile: () => ({ optimizer: optimizers.lion({ learningRate: 0.001 }), loss: losses.logCosh() }),
  },
  "longest note": {
    build: () =>
      sequential([input([9, 3]), l.conv1d(5, 3), l.globalMaxPooling1d({ keepDims: true }), l.flatten(), l.dense(2)]),
    compile: () => ({ optimizer: optimizers.sgd({ learningRate: 0.1, clipnorm: 0.5 }), loss: "mse" }),
  },
  "rectifying layers": {
    build: () =>
      sequential([
        input([5, 4, 3]),
        l.conv2d(4, 2),
        l.leakyReLU({ negativeSlope: 0.2 }),
        l.conv2d(4, 2),
        l.prelu({ sharedAxes: [1, 2], alphaInitializer: initializers.constant(0.1) }),
        l.flatten(),
        l.dense(6),
        l.elu({ alpha: 0.7 }),
        l.dense(4),
        l.relu({ negativeSlope: 0.1, threshold: 0.2 }),
        l.dense(3),
        l.softmax(),
      ]),
    compile: () => ({ optimizer: optimizers.adam({ amsgrad: true, learningRate: 0.01 }), loss: "kl_divergence" }),
    targets: ["oneHot"],
  },
  "normalizing layers": {
    build: () =>
      sequential([
        input([4, 5, 6]),
        l.layerNormalization(),
        l.conv2d(6, 2, { useBias: false }),
        l.groupNormalization({ groups: 3 }),
        l.activation("silu"),
        l.layerNormalization({ axis: [1, 2, 3], epsilon: 1e-5, center: false }),
        l.batchNormalization({ axis: 1 }),
        l.flatten(),
        l.dense(2),
      ]),
    compile: () => ({
      optimizer: optimizers.adam({ learningRate: 0.01, globalClipnorm: 0.3 }),
      loss: "cosine_similarity",
    }),
    withoutH5: "Keras forgets all but the last axis of a layer normalization there, in its own files too",
  },
  "rearranging layers": {
    build: () =>
      sequential([
        input([6]),
        l.repeatVector(4),
        l.permute([2, 1]),
        l.reshape([2, 12]),
        l.dense(3),
        l.reshape([-1]),
        l.dense(2),
      ]),
    compile: () => ({
      optimizer: optimizers.rmsprop({ learningRate: 0.01, centered: true, momentum: 0.5 }),
      loss: "mape",
    }),
  },
  "scaling layers": {
    build: () => {
      const normalize = l.normalization();
      normalize.adapt({ data: Float32Array.from({ length: 60 }, (_, i) => Math.sin(i) * (1 + (i % 3))), shape: [3] });
      return sequential([
        input([3]),
        normalize,
        l.rescaling(0.5, { offset: 0.1 }),
        l.dense(4),
        l.normalization({ mean: 0.5, variance: 4 }),
      ]);
    },
    compile: () => ({
      optimizer: optimizers.sgd({ learningRate: schedules.exponentialDecay(0.1, 2, 0.8) }),
      loss: "mse",
    }),
  },
  "resizing layers": {
    build: () =>
      sequential([
        input([5, 6, 2]),
        l.resizing(7, 4),
        l.upSampling2d(2, { interpolation: "bilinear" }),
        l.resizing(5, 5, { interpolation: "bicubic", cropToAspectRatio: true }),
        l.resizing(6, 3, { interpolation: "nearest", padToAspectRatio: true }),
        l.conv2d(2, 3),
      ]),
    compile: () => ({
      optimizer: optimizers.sgd({
        learningRate: schedules.cosineDecay(0.1, 10, { warmupTarget: 0.2, warmupSteps: 3 }),
      }),
      loss: "mse",
    }),
  },
  "augmenting layers": {
    build: () =>
      sequential([
        input([12, 12, 3]),
        l.randomFlip("horizontal_and_vertical"),
        l.randomRotation(0.1),
        l.randomZoom(0.2),
        l.randomTranslation(0.1, 0.2),
        l.randomShear(0.1, [0, 0.2]),
        l.randomContrast(0.2),
        l.randomBrightness(0.1, { valueRange: [0, 1] }),
        l.randomErasing([0.2, 0.5], { scale: [0.1, 0.2], fillValue: 0.5, valueRange: [0, 1] }),
        // Keras 3.15 leaves images as they are outside of training, whatever the size; here that is the size.
        l.randomCrop(12, 12),
        l.conv2d(2, 3),
        l.flatten(),
        l.dense(2, { activation: "softmax" }),
      ]),
    compile: () => ({ optimizer: "adam", loss: "categorical_crossentropy" }),
    targets: ["oneHot"],
    isRandom: true,
    withoutH5: "Keras cannot write augmenting layers there",
  },
  "noise layers": {
    build: () =>
      sequential([
        input([6, 6, 4]),
        l.gaussianNoise(0.1),
        l.spatialDropout2d(0.3),
        l.conv2d(4, 3, { activation: "selu", kernelInitializer: "lecunNormal" }),
        l.alphaDropout(0.1),
        l.gaussianDropout(0.2),
        l.dropout(0.4, { seed: 3 }),
        l.activityRegularization({ l1: 0.01, l2: 0.02 }),
        l.reshape([8, 8]),
        l.spatialDropout1d(0.1),
        l.flatten(),
        l.dense(2),
      ]),
    compile: () => ({ optimizer: "nadam", loss: "hinge" }),
    isRandom: true,
  },
  "penalties and constraints": {
    build: () =>
      sequential([
        input([6]),
        l.dense(8, {
          ...relu,
          kernelRegularizer: regularizers.l1l2({ l1: 0.01, l2: 0.02 }),
          biasRegularizer: regularizers.l2(0.05),
          activityRegularizer: regularizers.l1(0.02),
          kernelConstraint: constraints.maxNorm(1.5),
        }),
        l.dense(4, { kernelConstraint: constraints.nonNeg(), biasConstraint: constraints.unitNorm() }),
        l.dense(6),
      ]),
    compile: () => ({ optimizer: optimizers.sgd({ learningRate: 0.05 }), loss: "mse" }),
  },
  "encoder and decoder": {
    build: () => {
      const image = input([8, 8, 1], { name: "image" });
      const encoder = model(
        image,
        l.dense(3, { name: "code" })(l.flatten()(l.conv2d(2, 3, { strides: 2, ...relu })(image))),
        {
          name: "encoder",
        },
      );
      const code = input([3]);
      const up = l.conv2dTranspose(1, 2, { strides: 2, activation: "sigmoid" })(
        l.reshape([4, 4, 2])(l.dense(32, relu)(code)),
      );
      const decoder = model(code, up, { name: "decoder" });
      return model(image, decoder(encoder(image)), { name: "autoencoder" });
    },
    compile: () => ({
      optimizer: optimizers.adam({ learningRate: 0.01, useEma: true, emaMomentum: 0.9 }),
      loss: losses.binaryCrossentropy(),
    }),
  },
  "shared layer": {
    build: () => {
      const [a, b] = [input([5], { name: "left" }), input([5], { name: "right" })];
      const shared = l.dense(4, { activation: "tanh", name: "shared" });
      return model([a, b], l.dense(1, { activation: "sigmoid" })(l.concatenate()([shared(a), shared(b)])));
    },
    compile: () => ({
      optimizer: optimizers.adam({ learningRate: 0.01, clipvalue: 0.05 }),
      loss: losses.binaryFocalCrossentropy(),
    }),
  },
  "frozen part": {
    build: () => {
      const base = sequential([input([6]), l.dense(5, relu), l.batchNormalization()], { name: "base" });
      base.trainable = false;
      return sequential([input([6]), base, l.dense(2)], { name: "whole" });
    },
    compile: () => ({
      optimizer: optimizers.adam({ learningRate: schedules.piecewiseConstantDecay([2, 5], [0.1, 0.05, 0.01]) }),
      loss: "mse",
    }),
  },
  "a classifier": {
    build: () =>
      sequential([
        input([8, 8, 1]),
        l.conv2d(4, 5, { ...relu, kernelInitializer: "heUniform" }),
        l.maxPool2d(),
        l.flatten(),
        l.dense(10, { ...relu, kernelInitializer: initializers.orthogonal({ gain: 0.9 }) }),
        l.dense(4, { activation: "softmax" }),
      ]),
    compile: () => ({
      optimizer: optimizers.adam({
        learningRate: schedules.polynomialDecay(0.02, 20, { endLearningRate: 0.001 }),
      }),
      loss: "sparse_categorical_crossentropy",
      metrics: ["accuracy"],
    }),
    targets: ["classNumber"],
  },
  logits: {
    build: () => sequential([input([7]), l.dense(6, { activation: "gelu" }), l.dense(4)]),
    compile: () => ({
      optimizer: optimizers.sgd({ learningRate: schedules.cosineDecayRestarts(0.1, 3) }),
      loss: losses.categoricalFocalCrossentropy({ fromLogits: true }),
    }),
    targets: ["oneHot"],
  },
  "every initializer": {
    build: () => {
      const x = input([4]);
      const names = ["zeros", "ones", "identity", "orthogonal", "randomUniform", "randomNormal", "truncatedNormal"];
      const scaled = ["glorotUniform", "glorotNormal", "heUniform", "heNormal", "lecunUniform", "lecunNormal"];
      const made = [...names, ...scaled].map((name) => l.dense(4, { kernelInitializer: name, activation: "tanh" })(x));
      const variance = initializers.varianceScaling({ scale: 2, mode: "fanAvg", distribution: "uniform" });
      const more = [initializers.constant(0.3), variance].map((kernelInitializer) =>
        l.dense(4, { kernelInitializer })(x),
      );
      return model(x, l.dense(2)(l.concatenate()([...made, ...more])));
    },
    compile: () => ({
      optimizer: optimizers.adam({ learningRate: schedules.inverseTimeDecay(0.02, 3, 0.5) }),
      loss: "squared_hinge",
    }),
  },
  "every activation": {
    build: () => {
      const x = input([6]);
      const names = Object.keys(activations)
        .toSorted()
        .filter((name) => !["glu", "threshold"].includes(name));
      return model(x, l.dense(3)(l.concatenate()(names.map((activation) => l.activation(activation)(l.dense(4)(x))))));
    },
    compile: () => ({ optimizer: optimizers.sgd({ learningRate: 0.01, weightDecay: 0.01 }), loss: "mse" }),
  },
  "four in a row": {
    build: () => {
      const inner = sequential([l.dense(4, relu), l.dense(4)], { name: "inner", inputShape: [4] });
      const x = input([4]);
      return model(x, [inner(x), inner(inner(x))], { name: "outer" });
    },
    compile: () => ({ optimizer: optimizers.adam(), loss: "mse" }),
  },
  "conditional variational autoencoder": {
    build: () => built("vae", { architecture: "dense", units: [6], code: 2, conditional: true }, [8]),
    compile: () => ({ optimizer: "adam", loss: "mse" }),
  },
  "adversarial autoencoder": {
    build: () => built("adversarial", { filters: [3, 4], code: 2, discriminatorUnits: [5] }, [9, 8, 1]),
    compile: () => ({ optimizer: "nadam", loss: "mse" }),
  },
  "generative adversarial network": {
    build: () => built("gan", { filters: [3, 4], code: 3, conditional: true }, [8, 9, 1]),
    compile: () => ({ optimizer: "sgd", loss: "mse" }),
  },
};

/** The Keras model in which a family keeps all that it learns. */
function built(family: string, options: Parameters<typeof models.create>[1], shape: readonly number[]): Model {
  const autoencoder = models.create(family, options);
  autoencoder.buildFor({
    shape,
    count: 100,
    values: { min: 0, max: 1, mean: 0.5, variance: 0.1 },
    numClasses: 3,
  });
  return autoencoder.model;
}

import { ANY_SHAPE, buildFullyConnected } from "./fully-connected.ts";
import type { ModelFamily } from "./model-family.ts";

/** The deep autoencoder 784-128-64-32-64-128-784. */
export const deep: ModelFamily = {
  name: "deep",
  title: "fully connected, 128-64-32-64-128 units",
  source: "F. Chollet: Building autoencoders in Keras, 2016",
  fits: ANY_SHAPE,
  training: { epochs: 20, batchSize: 128, optimizer: "adam", learningRate: 0.001, loss: "bce" },
  build: (shape) =>
    buildFullyConnected("deep", shape, { units: [128, 64, 32], codeActivation: "relu", outputActivation: "sigmoid" }),
};

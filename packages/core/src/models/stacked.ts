import { ANY_SHAPE, buildFullyConnected } from "./fully-connected.ts";
import type { ModelFamily } from "./model-family.ts";

/** The stacked autoencoder 784-100-30-100-784. */
export const stacked: ModelFamily = {
  name: "stacked",
  title: "fully connected, 100-30-100 units",
  source: "A. Géron: Hands-On Machine Learning, 3rd edition, chapter 17",
  fits: ANY_SHAPE,
  training: { epochs: 20, batchSize: 32, optimizer: "nadam", learningRate: 0.001, loss: "mse" },
  // The book rectifies the code too; units of it that die cost more than the choice of anything else (val_loss 0.0134–0.0145).
  build: (shape) =>
    buildFullyConnected("stacked", shape, { units: [100, 30], codeActivation: "linear", outputActivation: "linear" }),
};

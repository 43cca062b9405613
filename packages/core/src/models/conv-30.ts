import { conv2d, conv2dTranspose, dense, flatten, maxPool2d, reshape } from "../nn/layers/index.ts";
import { input } from "../nn/layers/input-layer.ts";
import type { SymbolicTensor } from "../nn/layers/layer.ts";
import { model } from "../nn/model/functional.ts";
import { HALVED_THRICE, imageSize } from "./image-size.ts";
import type { ModelFamily } from "./model-family.ts";

const CODE_SIZE = 30;

/** A convolutional autoencoder with a code of 30 numbers and a decoder of transposed convolutions. */
export const conv30: ModelFamily = {
  name: "conv-30",
  title: "convolutional with a code of 30 numbers, transposed convolutions",
  source: "A. Géron: Hands-On Machine Learning, 3rd edition, chapter 17",
  fits: HALVED_THRICE,
  training: { epochs: 10, batchSize: 32, optimizer: "nadam", learningRate: 0.001, loss: "mse" },
  build(shape) {
    const { channels, padding } = imageSize("conv-30", shape);
    const halved = (filters: number, tensor: SymbolicTensor): SymbolicTensor =>
      maxPool2d(2)(conv2d(filters, 3, { activation: "relu", padding: "same" })(tensor));

    // [28, 28, 1] → [14, 14, 16] → [7, 7, 32] → [3, 3, 64] → [30]. The book convolves once more and takes the mean of each map;
    // a dense layer has as many weights and keeps where things are.
    const image = input(shape, { name: "image" });
    const small = halved(64, halved(32, halved(16, image)));
    const [rows = 1, columns = 1] = small.shape;
    const code = dense(CODE_SIZE)(flatten()(small));
    const encoder = model(image, code, { name: "encoder" });

    // [30] → [144] → [3, 3, 16] → [7, 7, 32] → [14, 14, 16] → [28, 28, 1]
    const latent = input([CODE_SIZE], { name: "code" });
    const seed = reshape([rows, columns, 16])(dense(rows * columns * 16)(latent));
    const larger = conv2dTranspose(32, 3, { strides: 2, padding, activation: "relu" })(seed);
    const large = conv2dTranspose(16, 3, { strides: 2, padding: "same", activation: "relu" })(larger);
    const output = conv2dTranspose(channels, 3, { strides: 2, padding: "same" })(large);
    const decoder = model(latent, output, { name: "decoder" });

    return { model: model(image, decoder(encoder(image)), { name: "conv-30" }), encoder, decoder };
  },
};

import { conv2d, maxPool2d, upSampling2d } from "../nn/layers/index.ts";
import { input } from "../nn/layers/input-layer.ts";
import type { SymbolicTensor } from "../nn/layers/layer.ts";
import { model } from "../nn/model/functional.ts";
import { HALVED_THRICE, imageSize } from "./image-size.ts";
import type { ModelFamily } from "./model-family.ts";

/** The convolutional autoencoder of the usual lecture: 16, 8 and 8 filters and as many back, on 28×28 a code of 4×4×8. */
export const conv: ModelFamily = {
  name: "conv",
  title: "convolutional, 16-8-8 filters, max pooling and upsampling",
  source: "F. Chollet: Building autoencoders in Keras, 2016",
  fits: HALVED_THRICE,
  training: { epochs: 10, batchSize: 128, optimizer: "adam", learningRate: 0.001, loss: "bce" },
  build(shape) {
    const { channels, padding } = imageSize("conv", shape);
    const filters = (count: number, tensor: SymbolicTensor): SymbolicTensor =>
      conv2d(count, 3, { activation: "relu", padding: "same" })(tensor);
    const halved = (tensor: SymbolicTensor): SymbolicTensor => maxPool2d(2, { padding: "same" })(tensor);
    const doubled = (tensor: SymbolicTensor): SymbolicTensor => upSampling2d(2)(tensor);

    // [28, 28, 1] → [14, 14, 16] → [7, 7, 8] → [4, 4, 8]
    const image = input(shape, { name: "image" });
    const code = halved(filters(8, halved(filters(8, halved(filters(16, image))))));
    const encoder = model(image, code, { name: "encoder" });

    // [4, 4, 8] → [8, 8, 8] → [16, 16, 8] → [14, 14, 16] → [28, 28, 1]
    const latent = input(code.shape, { name: "code" });
    const grown = doubled(filters(8, doubled(filters(8, latent))));
    const large = doubled(conv2d(16, 3, { activation: "relu", padding })(grown));
    const output = conv2d(channels, 3, { activation: "sigmoid", padding: "same" })(large);
    const decoder = model(latent, output, { name: "decoder" });

    return { model: model(image, decoder(encoder(image)), { name: "conv" }), encoder, decoder };
  },
};

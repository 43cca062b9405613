/** An encoder and a decoder, each a model of its own, joined by the functional API. */

import { adam, input, layers, model, wardrobe } from "sandglass";
import type { History } from "sandglass";
import { budgetOf } from "./command-line.ts";
import type { Budget } from "./command-line.ts";

const { conv2d, maxPool2d, upSampling2d } = layers;

export async function main({ epochs, images }: Budget): Promise<History> {
  const { images: data } = wardrobe({ count: images });
  const x = { data, shape: [28, 28, 1], scale: 1 / 255 };

  const image = input([28, 28, 1], { name: "image" });
  const features = conv2d(32, 3, { activation: "relu", padding: "same" })(image);
  const encoder = model(image, maxPool2d(2, { padding: "same" })(features), { name: "encoder" });

  const code = input([14, 14, 32], { name: "code" });
  const enlarged = upSampling2d(2)(conv2d(32, 3, { activation: "relu", padding: "same" })(code));
  const decoder = model(code, conv2d(1, 3, { activation: "sigmoid", padding: "same" })(enlarged), { name: "decoder" });

  const autoencoder = model(image, decoder(encoder(image)), { name: "autoencoder" });
  autoencoder.summary();
  autoencoder.compile({ optimizer: adam(), loss: "mse" });
  const history = await autoencoder.fit(x, x, { epochs, batchSize: 128, validationSplit: 0.2, verbose: 2 });

  // The encoder is trained now, too: its codes are what the decoder makes images of.
  const codes = await encoder.predict(x);
  const restored = await decoder.predict(codes);
  console.log(
    `${images} images became codes of ${codes.length / images} numbers, and images again of ${restored.length / images}`,
  );
  return history;
}

if (import.meta.main) await main(budgetOf({ epochs: 5, images: 4000 }));

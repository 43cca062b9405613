/** An image put through MobileNetV2, for comparing hosts bit by bit. */
import { RandomStream } from "../../../data/random-stream.ts";
import { setRandomSeed } from "../../../nn/random/session-seed.ts";
import { decodePredictions } from "../../imagenet/class-names.ts";
import type { DecodedPrediction } from "../../imagenet/class-names.ts";
import { mobileNetV2 } from "../mobile-net-v2.ts";
import { preprocessInput } from "../preprocess-input.ts";

const SIDE = 96;
const CLASSES = 1000;

/** All classes by their logits (of random weights, all probabilities are a thousandth), of the smallest network with random weights and noise as an image: what needs no files. */
export async function classifyNoise(): Promise<readonly DecodedPrediction[]> {
  setRandomSeed(3);
  const network = mobileNetV2({ alpha: 0.35, inputShape: [SIDE, SIDE, 3], classifierActivation: "linear" });
  const random = new RandomStream(8);
  const pixels = Uint8Array.from({ length: SIDE * SIDE * 3 }, () => random.uniform(0, 256));
  const [classes = []] = decodePredictions(await network.predict(preprocessInput(pixels)), { top: CLASSES });
  await network.dispose();
  return classes;
}

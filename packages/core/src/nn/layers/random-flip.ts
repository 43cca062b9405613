import type { Node } from "../../graph/node.ts";
import { greaterEqual } from "../../ops/elementwise.ts";
import { resampleImage } from "../../ops/resample-image/index.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { Layer } from "./layer.ts";
import { checkOneOf } from "./option-checks.ts";
import { RandomImageLayer, randomImageOptions } from "./random-image-layer.ts";
import type { RandomImageOptions } from "./random-image-layer.ts";
import { sumOfTransforms } from "./random-transform.ts";

/** Left and right, above and below, or both at once. */
export type FlipMode = "horizontal" | "vertical" | "horizontal_and_vertical";

const MODES: readonly FlipMode[] = ["horizontal", "vertical", "horizontal_and_vertical"];

class RandomFlip extends RandomImageLayer {
  readonly mode: FlipMode;

  constructor(mode: FlipMode, options: RandomImageOptions) {
    super("RandomFlip", options);
    this.mode = checkOneOf("RandomFlip", "mode", mode, MODES);
  }

  protected get numDraws(): number {
    return 1;
  }

  augment(image: Node, chances: Node): Node {
    const [height, width] = image.type.shape as [number, number, number];
    const isFlipped = greaterEqual(0.5, chances);
    // x → width − 1 − x, y → height − 1 − y
    const [alongX, alongY] = [this.mode !== "vertical", this.mode !== "horizontal"];
    const [a0, a2] = alongX ? [-2, width - 1] : [0, 0];
    const [b1, b2] = alongY ? [-2, height - 1] : [0, 0];
    const transform = sumOfTransforms([1, 0, 0, 0, 1, 0, 0, 0], isFlipped, [[a0, 0, a2, 0, b1, b2, 0, 0]]);
    return resampleImage(image, transform, { interpolation: "nearest" });
  }

  protected override settings(): KerasConfig {
    return { ...super.settings(), mode: this.mode };
  }
}

/**
 * In training, flips every other image: [height, width, channels] → the same. Without a mode along both axes at once, which
 * is half a turn, as in Keras: for flips along one axis or the other, use one layer for each.
 *
 * @throws RangeError when there is no such mode.
 */
export function randomFlip(mode: FlipMode = "horizontal_and_vertical", options: RandomImageOptions = {}): Layer {
  return new RandomFlip(mode, options);
}

export function randomFlipFromConfig(config: ConfigReader): Layer {
  const mode = config.string("mode", "horizontal_and_vertical") as FlipMode;
  return randomFlip(mode, randomImageOptions(config));
}

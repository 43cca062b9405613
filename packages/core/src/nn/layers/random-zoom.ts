import type { Node } from "../../graph/node.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { Layer } from "./layer.ts";
import { factorRange, readFactor, spread } from "./random-factor.ts";
import type { FactorLike, Range } from "./random-factor.ts";
import { RandomTransform, randomTransformOptions, sumOfTransforms } from "./random-transform.ts";
import type { ImageSize, RandomTransformOptions, Transform } from "./random-transform.ts";

class RandomZoom extends RandomTransform {
  readonly heightFactor: FactorLike;
  readonly widthFactor: FactorLike | undefined;
  /** Bounds of the zooms: of both, or of height and width. */
  readonly #zooms: readonly Range[];

  constructor(heightFactor: FactorLike, widthFactor: FactorLike | undefined, options: RandomTransformOptions) {
    super("RandomZoom", options);
    this.heightFactor = heightFactor;
    this.widthFactor = widthFactor;
    this.#zooms = [
      zoomRange("heightFactor", heightFactor),
      ...(widthFactor === undefined ? [] : [zoomRange("widthFactor", widthFactor)]),
    ];
  }

  protected get numDraws(): number {
    return this.#zooms.length;
  }

  // About the centre (cx, cy): x → cx + zoom · (x − cx), and y alike
  protected transform([height, width]: ImageSize, chances: Node): Node {
    const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
    const zooms = spread(chances, this.#zooms);
    const both: Transform = [1, 0, -cx, 0, 1, -cy, 0, 0];
    const along: readonly Transform[] = [
      [0, 0, 0, 0, 1, -cy, 0, 0],
      [1, 0, -cx, 0, 0, 0, 0, 0],
    ];
    return sumOfTransforms([0, 0, cx, 0, 0, cy, 0, 0], zooms, this.numDraws === 1 ? [both] : along);
  }

  protected override settings(): KerasConfig {
    return { ...super.settings(), height_factor: this.heightFactor, width_factor: this.widthFactor ?? null };
  }
}

function zoomRange(option: string, factor: FactorLike): Range {
  const [lower, upper] = factorRange("RandomZoom", option, factor, [-1, 1]);
  if ([factor].flat().every((number) => number > -1 && number <= 1)) return [1 + lower, 1 + upper];
  throw new RangeError(`${option} of RandomZoom must lie above −1, up to 1; ${JSON.stringify(factor)} came`);
}

/**
 * In training, zooms images about their centre: [height, width, channels] → the same.
 *
 * @param heightFactor the largest zoom, or its bounds: 0.2 shows 20 % more rows, −0.2 shows 20 % fewer.
 * @param widthFactor the same for columns; without it, both sides zoom alike.
 * @throws RangeError when a factor does not lie above −1 and up to 1.
 */
export function randomZoom(
  heightFactor: FactorLike,
  widthFactor?: FactorLike | null,
  options: RandomTransformOptions = {},
): Layer {
  return new RandomZoom(heightFactor, widthFactor ?? undefined, options);
}

export function randomZoomFromConfig(config: ConfigReader): Layer {
  const widthFactor = config.value("width_factor") === null ? undefined : readFactor(config, "width_factor");
  return randomZoom(readFactor(config, "height_factor"), widthFactor, randomTransformOptions(config));
}

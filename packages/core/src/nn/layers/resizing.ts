import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { pad, slice } from "../../ops/slice.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { aspectMargins, aspectWindow } from "./aspect-ratio.ts";
import { checkInterpolation, resizeImage } from "./interpolation.ts";
import type { Interpolation } from "./interpolation.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { checkCount, checkOnly } from "./option-checks.ts";

export interface ResizingOptions extends LayerOptions {
  /** `bilinear` unless given. */
  readonly interpolation?: Interpolation;
  /** Whether to cut the longer side first, about the middle, so that nothing is stretched; false unless given. */
  readonly cropToAspectRatio?: boolean;
  /** Whether to fill up the shorter side first, so that nothing is stretched; false unless given. */
  readonly padToAspectRatio?: boolean;
  /** What fills; 0 unless given. */
  readonly fillValue?: number;
  /** Whether shrinking takes the mean of all pixels that a new one takes the place of; false unless given. */
  readonly antialias?: boolean;
  /** Only `channels_last` so far. */
  readonly dataFormat?: "channels_last";
}

class Resizing extends Layer {
  readonly height: number;
  readonly width: number;
  readonly interpolation: Interpolation;
  readonly #crop: boolean;
  readonly #pad: boolean;
  readonly #fillValue: number;
  readonly #antialias: boolean;

  constructor(height: number, width: number, options: ResizingOptions) {
    super("Resizing", options);
    const { cropToAspectRatio = false, padToAspectRatio = false, fillValue = 0, antialias = false } = options;
    checkOnly("Resizing", "dataFormat", options.dataFormat, "channels_last");
    this.height = checkCount("Resizing", "height", height);
    this.width = checkCount("Resizing", "width", width);
    this.interpolation = checkInterpolation("Resizing", options.interpolation ?? "bilinear");
    if (cropToAspectRatio && padToAspectRatio) {
      throw new RangeError("Resizing can crop or pad to keep the aspect ratio, not both; give one of the two");
    }
    this.#crop = cropToAspectRatio;
    this.#pad = padToAspectRatio;
    this.#fillValue = fillValue;
    this.#antialias = antialias;
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const { height, width, interpolation } = this;
    if (x.type.shape.length !== 3) {
      throw new GraphError(`it needs images [height, width, channels], not ${formatShape(x.type.shape)}`);
    }
    return [resizeImage(this.#shaped(x), [height, width], { interpolation, antialias: this.#antialias })];
  }

  /** The image in the aspect ratio that is asked for. */
  #shaped(x: Node): Node {
    const size = [this.height, this.width] as const;
    if (this.#crop) return slice(x, aspectWindow(x, size));
    if (!this.#pad) return x;
    const margins = aspectMargins(x, size);
    return pad(x, { before: margins, after: margins, value: this.#fillValue });
  }

  protected settings(): KerasConfig {
    return {
      height: this.height,
      width: this.width,
      interpolation: this.interpolation,
      crop_to_aspect_ratio: this.#crop,
      pad_to_aspect_ratio: this.#pad,
      fill_mode: "constant",
      fill_value: this.#fillValue,
      antialias: this.#antialias,
      data_format: "channels_last",
    };
  }
}

/** Images in another size: [any height, any width, channels] → [height, width, channels]. */
export function resizing(height: number, width: number, options: ResizingOptions = {}): Layer {
  return new Resizing(height, width, options);
}

export function resizingFromConfig(config: ConfigReader): Layer {
  config.requireOnly({ data_format: "channels_last", fill_mode: "constant" });
  return resizing(config.number("height"), config.number("width"), {
    ...config.layerOptions(),
    interpolation: checkInterpolation(config.className, config.string("interpolation", "bilinear")),
    cropToAspectRatio: config.boolean("crop_to_aspect_ratio", false),
    padToAspectRatio: config.boolean("pad_to_aspect_ratio", false),
    fillValue: config.optionalNumber("fill_value") ?? 0,
    antialias: config.boolean("antialias", false),
  });
}

import type { Node } from "../../graph/node.ts";
import { add, mul } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import { constantTensor } from "../constant-tensor.ts";
import type { KerasConfig } from "../keras-object.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";

/** One number, or one for each element of the last axis. */
export type ScaleLike = number | readonly number[];

export interface RescalingOptions extends LayerOptions {
  /** Added after scaling; 0 unless given. */
  readonly offset?: ScaleLike;
}

class Rescaling extends Layer {
  readonly scale: ScaleLike;
  readonly offset: ScaleLike;

  constructor(scale: ScaleLike, options: RescalingOptions) {
    super("Rescaling", options);
    this.scale = checkNumbers("scale", scale);
    this.offset = checkNumbers("offset", options.offset ?? 0);
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    return [add(mul(x, operand("scale", this.scale)), operand("offset", this.offset))];
  }

  protected settings(): KerasConfig {
    return { scale: this.scale, offset: this.offset };
  }
}

function operand(name: string, value: ScaleLike): Node | number {
  return typeof value === "number" ? value : constantTensor(name, [value.length], Float32Array.from(value));
}

function checkNumbers(option: string, value: ScaleLike): ScaleLike {
  if ([value].flat().every((number) => Number.isFinite(number))) return value;
  throw new RangeError(`${option} of Rescaling must be a number or a list of numbers; ${JSON.stringify(value)} came`);
}

/**
 * x · scale + offset, such as bytes to numbers from 0 to 1. Of any shape; lists apply along the last axis.
 *
 * @example
 * rescaling(1 / 127.5, { offset: -1 })(image)
 */
export function rescaling(scale: ScaleLike, options: RescalingOptions = {}): Layer {
  return new Rescaling(scale, options);
}

export function rescalingFromConfig(config: ConfigReader): Layer {
  const numbers = (key: string): ScaleLike => (config.isList(key) ? config.numbers(key) : config.number(key));
  return rescaling(numbers("scale"), { ...config.layerOptions(), offset: numbers("offset") });
}

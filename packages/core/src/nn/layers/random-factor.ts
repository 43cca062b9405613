/** How far random changes of images go. */
import type { Node } from "../../graph/node.ts";
import { add, mul } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import { constantTensor } from "../constant-tensor.ts";

export type Range = readonly [lower: number, upper: number];

/** The largest change in both directions, or the bounds between which changes are drawn evenly. */
export type FactorLike = number | Range;

/**
 * The bounds that a factor stands for: f for −f to f, as far as the limits allow.
 *
 * @throws RangeError when a number lies outside of the limits, or bounds lie beyond them altogether.
 */
export function factorRange(className: string, option: string, factor: FactorLike, [low, high]: Range): Range {
  if (typeof factor === "number") {
    if (factor >= low && factor <= high) return [Math.max(-Math.abs(factor), low), Math.abs(factor)];
  } else if (isPair(factor)) {
    const [lower, upper] = sorted(factor);
    if (lower <= high && upper >= low) return [lower, upper];
  }
  throw new RangeError(
    `${option} of ${className} must be a number from ${low} to ${high}, or a list of two between which it is drawn; ` +
      `${JSON.stringify(factor)} came`,
  );
}

/** @throws RangeError unless these are two numbers, whose order does not matter. */
export function valueRange(className: string, range: Range): Range {
  if (isPair(range)) return sorted(range);
  throw new RangeError(`valueRange of ${className} must be two numbers, such as [0, 1]; ${JSON.stringify(range)} came`);
}

/** A factor that Keras wrote into a model file. */
export function readFactor(config: ConfigReader, key: string): FactorLike {
  return config.isList(key) ? config.pair(key) : config.number(key);
}

/** Numbers from 0 to 1, [n] of each sample, spread over n ranges: lower + u · (upper − lower), rounded as TensorFlow rounds. */
export function spread(chances: Node, ranges: readonly Range[]): Node {
  const tensor = (name: string, values: readonly number[]): Node =>
    constantTensor(name, [ranges.length], Float32Array.from(values));
  const spans = tensor(
    "spans",
    ranges.map(([lower, upper]) => Math.fround(upper) - Math.fround(lower)),
  );
  const lows = tensor(
    "lows",
    ranges.map(([lower]) => lower),
  );
  return add(mul(chances, spans), lows);
}

function isPair(numbers: Range): boolean {
  return Array.isArray(numbers) && numbers.length === 2 && numbers.every((number) => Number.isFinite(number));
}

function sorted([a, b]: Range): Range {
  return a <= b ? [a, b] : [b, a];
}

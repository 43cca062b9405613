/** Means and variances that are given as lists within lists, one for each axis that they differ along. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { constantTensor } from "../constant-tensor.ts";
import type { JsonValue } from "../keras-object.ts";

/** A number, or lists of them as deep as there are axes: [[1, 2], [3, 4]]. */
export type NestedNumbers = number | readonly NestedNumbers[];

/** Numbers of one of Keras's statistics, before the shape of the input is known. */
export interface GivenStatistic {
  readonly name: string;
  readonly shape: Shape;
  readonly values: readonly number[];
}

/** @throws RangeError unless the lists hold finite numbers and all lists of one depth are of one length. */
export function givenStatistic(name: string, given: NestedNumbers): GivenStatistic {
  const shape = shapeOf(given);
  const values = numbersOf(given);
  if (hasShape(given, shape) && values.every(Number.isFinite)) return { name, shape, values };
  throw new RangeError(
    `the ${name} of Normalization must be a number or lists of numbers, all of one length; ${JSON.stringify(given)} came`,
  );
}

/** What Keras wrote into a model file; undefined where it wrote null. The layer checks it. */
export function readNestedNumbers(value: JsonValue): NestedNumbers | undefined {
  return value === null ? undefined : (value as NestedNumbers);
}

/**
 * The statistic in a shape that broadcasts to the input's: the last axis of the lists belongs to the last of the kept axes,
 * the one before to the one before.
 *
 * @param kept axes of the sample, in order.
 * @throws GraphError when the lists are deeper than there are axes, or their lengths do not fit.
 */
export function broadcastStatistic({ name, shape, values }: GivenStatistic, kept: readonly number[], to: Shape): Node {
  const own = kept.slice(kept.length - shape.length);
  const fits = shape.length <= kept.length && own.every((axis, i) => shape[i] === 1 || shape[i] === to[axis]);
  if (!fits) {
    const expected = formatShape(kept.map((axis) => to[axis] as number));
    throw new GraphError(
      `its ${name} has the shape ${formatShape(shape)}, and inputs of ${formatShape(to)} need one that broadcasts to ${expected}`,
    );
  }
  const broadcast = to.map((_, axis) => (own.includes(axis) ? (shape[own.indexOf(axis)] as number) : 1));
  return constantTensor(name, broadcast, Float32Array.from(values));
}

function shapeOf(given: NestedNumbers | undefined): number[] {
  return Array.isArray(given) ? [given.length, ...shapeOf((given as readonly NestedNumbers[])[0])] : [];
}

function numbersOf(given: NestedNumbers): readonly number[] {
  return Array.isArray(given) ? given.flatMap(numbersOf) : [given as number];
}

function hasShape(given: NestedNumbers, [length, ...inner]: Shape): boolean {
  if (length === undefined) return typeof given === "number";
  return Array.isArray(given) && given.length === length && given.every((each: NestedNumbers) => hasShape(each, inner));
}

/** Checks of the options that several layers share. */
import type { Padding } from "../../ops/window.ts";
import { describeUnknown } from "../nearest-name.ts";

/** One whole number for both axes of an image, or one for height and one for width. */
export type PairLike = number | readonly [height: number, width: number];

/** @throws RangeError unless the numbers are whole and positive. */
export function toPair(className: string, option: string, value: PairLike): readonly [number, number] {
  const pair: readonly number[] = typeof value === "number" ? [value, value] : value;
  const [height, width] = pair;
  if (height !== undefined && width !== undefined && pair.length === 2 && pair.every(isPositiveInteger)) {
    return [height, width];
  }
  const came = JSON.stringify(value);
  throw new RangeError(`${option} of ${className} must be one or two whole numbers from 1 on; ${came} came`);
}

/** @throws RangeError unless the number is whole and positive. */
export function checkCount(className: string, option: string, value: number): number {
  if (isPositiveInteger(value)) return value;
  throw new RangeError(`${option} of ${className} must be a whole number from 1 on; ${value} came`);
}

/** @throws RangeError unless the number is finite and 0 or more. */
export function checkNotNegative(className: string, option: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new RangeError(`${option} of ${className} must be a number from 0 on; ${value} came`);
}

/** @throws RangeError unless the padding is one that Keras knows. */
export function checkPadding(className: string, value: string): Padding {
  if (value === "same" || value === "valid") return value;
  throw new RangeError(`unknown padding of ${className} ${describeUnknown(value, ["same", "valid"])}`);
}

/** @throws RangeError unless the text is one of these. */
export function checkOneOf<T extends string>(className: string, option: string, value: T, known: readonly T[]): T {
  if (known.includes(value)) return value;
  throw new RangeError(`unknown ${option} of ${className} ${describeUnknown(value, known)}`);
}

/** @throws RangeError when the option asks for what is not available. */
export function checkOnly<T>(className: string, option: string, value: T | undefined, only: T): void {
  if (value === undefined || JSON.stringify(value) === JSON.stringify(only)) return;
  const [came, expected] = [JSON.stringify(value), JSON.stringify(only)];
  throw new RangeError(`${option} of ${className} can only be ${expected} so far; ${came} came`);
}

function isPositiveInteger(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}

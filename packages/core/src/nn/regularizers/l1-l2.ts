/** Penalties on absolute values and on squares (Keras's `regularizers`). */
import type { Node } from "../../graph/node.ts";
import { abs, add, mul, square } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import type { Regularizer } from "./regularizer.ts";

/**
 * λ · Σ|x|, which makes numbers exactly 0.
 *
 * @param factor λ, 0.01 unless given.
 * @throws RangeError unless the factor is a number from 0 on.
 */
export function l1(factor = 0.01): Regularizer {
  checkFactor("l1", factor);
  return { className: "L1", config: { l1: factor }, penalty: (x) => absolutes(x, factor) };
}

/**
 * λ · Σx², which keeps numbers small.
 *
 * @param factor λ, 0.01 unless given.
 * @throws RangeError unless the factor is a number from 0 on.
 */
export function l2(factor = 0.01): Regularizer {
  checkFactor("l2", factor);
  return { className: "L2", config: { l2: factor }, penalty: (x) => squares(x, factor) };
}

export interface L1L2Options {
  /** The factor of Σ|x|, 0 unless given. */
  readonly l1?: number;
  /** The factor of Σx², 0 unless given. */
  readonly l2?: number;
}

/** Both: λ₁ · Σ|x| + λ₂ · Σx². */
export function l1l2({ l1: first = 0, l2: second = 0 }: L1L2Options = {}): Regularizer {
  checkFactor("l1", first);
  checkFactor("l2", second);
  return {
    className: "L1L2",
    config: { l1: first, l2: second },
    penalty: (x) => add(absolutes(x, first), squares(x, second)),
  };
}

function absolutes(x: Node, factor: number): Node {
  return mul(sum(abs(x)), factor);
}

function squares(x: Node, factor: number): Node {
  return mul(sum(square(x)), factor);
}

/** @throws RangeError unless the factor is a number from 0 on. */
export function checkFactor(name: string, factor: number): void {
  if (Number.isFinite(factor) && factor >= 0) return;
  throw new RangeError(`the factor of the regularizer ${name} must be a number from 0 on; ${factor} came`);
}

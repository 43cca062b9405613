/**
 * Positions of an image by the part of the kernel that they see.
 *
 * A transposed convolution gathers for position i the products of kernel elements u and windows p with s·p + d·u = i + b. Write
 * i + b = s·Q + r with 0 ≤ r < s. Then d·u ≡ r modulo s, which is one u in every s / gcd(s, d), and p = Q + (r − d·u) / s: positions of
 * one phase r see the same elements, and no step divides.
 */
import type { Index } from "../../kernel/index-expr.ts";
import { range } from "../tile.ts";
import type { Axis } from "./geometry.ts";

/** Image positions i = s·Q + r − b of one phase r, for from ≤ Q < to. They see kernel elements (taps) at even distances. */
export interface Phase {
  readonly r: number;
  readonly from: number;
  readonly to: number;
  readonly numTaps: number;
  /** Tap t is the kernel element u = kernelFrom + t · kernelStep. Elements go down so that windows go up, as memory is read fastest. */
  readonly kernelFrom: number;
  readonly kernelStep: number;
  /** It meets the window p = Q + windowFrom + t · windowStep. */
  readonly windowFrom: number;
  readonly windowStep: number;
}

export function phases(axis: Axis): Phase[] {
  const { size, stride, windows } = axis;
  return range(Math.min(stride, size)).map((first) => {
    const r = (first + windows.before) % stride;
    const from = (first + windows.before - r) / stride;
    const count = Math.ceil((size - first) / stride);
    return { r, from, to: from + count, ...tapsOf(axis, r) };
  });
}

type Taps = Pick<Phase, "numTaps" | "kernelFrom" | "kernelStep" | "windowFrom" | "windowStep">;

function tapsOf({ kernel, stride, dilation }: Axis, r: number): Taps {
  const elements = range(kernel)
    .filter((u) => (u * dilation) % stride === r)
    .toReversed();
  const window = (u: number): number => (r - u * dilation) / stride;
  const [first, second] = elements;
  if (first === undefined) return { numTaps: 0, kernelFrom: 0, kernelStep: 0, windowFrom: 0, windowStep: 1 };
  return {
    numTaps: elements.length,
    kernelFrom: first,
    kernelStep: second === undefined ? 0 : second - first,
    windowFrom: window(first),
    windowStep: second === undefined ? 1 : window(second) - window(first),
  };
}

/** Positions of a phase that see the same windows: those of the taps tapFrom ≤ t < tapTo. */
export interface PhaseRun {
  readonly from: number;
  readonly to: number;
  readonly tapFrom: number;
  readonly tapTo: number;
}

export function phaseRuns(phase: Phase, numWindows: number): PhaseRun[] {
  const runs: PhaseRun[] = [];
  for (let q = phase.from; q < phase.to; q++) {
    const inside = range(phase.numTaps).filter((t) => {
      const window = q + windowOf(phase, t);
      return window >= 0 && window < numWindows;
    });
    const tapFrom = inside[0] ?? 0;
    const tapTo = tapFrom + inside.length;
    const last = runs.at(-1);
    if (last?.tapFrom === tapFrom && last.tapTo === tapTo) runs[runs.length - 1] = { ...last, to: q + 1 };
    else runs.push({ from: q, to: q + 1, tapFrom, tapTo });
  }
  return runs;
}

/** How many windows after Q lies the one that tap t meets. */
export function windowOf({ windowFrom, windowStep }: Phase, t: number): number {
  return windowFrom + t * windowStep;
}

/** The image position i = s·Q + r − b. */
export function imagePosition({ stride, windows }: Axis, { r }: Phase, q: Index): Index {
  return q.times(stride).plus(r - windows.before);
}

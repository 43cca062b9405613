/** What of a kernel lies inside the image, and which windows' does. */
import type { KernelBuilder } from "../../kernel/builder.ts";
import { Index } from "../../kernel/index-expr.ts";
import { dilatedSize } from "../window.ts";
import type { Axis } from "./geometry.ts";
import type { Phase } from "./phases.ts";

export interface Range {
  readonly from: Index;
  readonly to: Index;
}

/** The part of the kernel that lies inside the image when the window begins at `start`. */
export function kernelInside(k: KernelBuilder, { size, kernel, stride, dilation, windows }: Axis, start: Index): Range {
  const overruns = (windows.out - 1) * stride - windows.before + dilatedSize(kernel, dilation) > size;
  /** The first kernel element from `position` of the image on. */
  const first = (position: number): Index => {
    const distance = k.max(0, Index.constant(position + dilation - 1).minus(start));
    return k.floorDivide(distance, dilation);
  };
  return {
    from: windows.before > 0 ? first(0) : Index.constant(0),
    to: overruns ? k.min(kernel, first(size)) : Index.constant(kernel),
  };
}

/** Of the windows start … start + count − 1, those whose kernel element `u` lies inside the image. */
export function windowsInside(k: KernelBuilder, axis: Axis, u: Index, start: Index, count: number): Range {
  const { size, stride, dilation, windows } = axis;
  const shift = Index.constant(windows.before).minus(u.times(dilation));
  // p·s + u·d − b ≥ 0 and p·s + u·d − b ≤ size − 1
  const first = k.floorDivide(k.max(0, shift.plus(stride - 1)), stride);
  const end = k.floorDivide(k.max(0, shift.plus(size - 1 + stride)), stride);
  return { from: k.max(start, first), to: k.min(k.min(start.plus(count), windows.out), end) };
}

/** Where element `u` of a window's kernel meets the image. */
export function inImage({ stride, dilation, windows }: Axis, window: Index, u: Index): Index {
  return window.times(stride).plus(u.times(dilation)).minus(windows.before);
}

/** The taps of a phase that meet one of `numWindows` windows from position `q` on. */
export function tapsInside(k: KernelBuilder, phase: Phase, q: Index, numWindows: number): Range {
  const { from, to, numTaps, windowFrom, windowStep } = phase;
  const underruns = from + windowFrom < 0;
  const overruns = to - 1 + windowFrom + (numTaps - 1) * windowStep >= numWindows;
  /** The first tap whose window is not before `window`. */
  const first = (window: number): Index => {
    const distance = k.max(0, Index.constant(window - windowFrom + windowStep - 1).minus(q));
    return k.floorDivide(distance, windowStep);
  };
  return {
    from: underruns ? first(0) : Index.constant(0),
    to: overruns ? k.min(numTaps, first(numWindows)) : Index.constant(numTaps),
  };
}

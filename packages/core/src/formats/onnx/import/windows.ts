/**
 * Padding. ONNX pads by any number of rows and columns before and after, Keras by a rule or not at all: what no rule gives
 * becomes a layer of its own.
 */
import { windowGeometry } from "../../../ops/window.ts";
import type { OperatorContext } from "./operator-context.ts";

export type Pair = readonly [number, number];

/** The windows along one axis. */
export interface WindowAxis {
  readonly size: number;
  /** How many elements a window reaches over, dilation included. */
  readonly kernel: number;
  readonly stride: number;
  /** Padding before and after, as far as windows reach. */
  readonly before: number;
  readonly after: number;
  readonly out: number;
}

/** The windows of a convolution or pooling over an image of this height and width. */
export function windowsOf(context: OperatorContext, sizes: Pair, kernel: Pair): readonly [WindowAxis, WindowAxis] {
  const [top, left] = axesOf(context, sizes, kernel);
  return [top as WindowAxis, left as WindowAxis];
}

function axesOf(context: OperatorContext, sizes: Pair, kernel: Pair): WindowAxis[] {
  const strides = context.ints("strides", [1, 1]);
  const dilations = context.ints("dilations", [1, 1]);
  const pads = context.ints("pads", [0, 0, 0, 0]);
  const autoPad = context.text("auto_pad", "NOTSET");
  const roundsUp = context.int("ceil_mode", 0) === 1;
  return sizes.map((size, axis) => {
    const stride = strides[axis] ?? 0;
    const reach = ((kernel[axis] ?? 0) - 1) * (dilations[axis] ?? 0) + 1;
    const [before, after] = autoPads(context, autoPad, { size, reach, stride }) ?? [
      pads[axis] ?? 0,
      pads[axis + 2] ?? 0,
    ];
    if (![stride, reach].every(isPositive) || ![before, after].every(isCount)) {
      return context.refuse(
        "has strides, dilations, pads or a kernel of a size that none can have; the file is damaged",
      );
    }
    const steps = (size + before + after - reach) / stride;
    // A last window that would lie in the padding alone is left out.
    const full = (roundsUp ? Math.ceil(steps) : Math.floor(steps)) + 1;
    const out = roundsUp && (full - 1) * stride >= size + before ? full - 1 : full;
    return { size, kernel: reach, stride, before, after: (out - 1) * stride + reach - size - before, out };
  });
}

function autoPads(
  context: OperatorContext,
  autoPad: string,
  { size, reach, stride }: { readonly size: number; readonly reach: number; readonly stride: number },
): Pair | undefined {
  if (autoPad === "NOTSET") return undefined;
  if (autoPad === "VALID") return [0, 0];
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + reach - size, 0);
  const [small, large] = [Math.floor(total / 2), Math.ceil(total / 2)];
  if (autoPad === "SAME_UPPER") return [small, large];
  if (autoPad === "SAME_LOWER") return [large, small];
  return context.refuse(`has auto_pad "${autoPad}"; NOTSET, VALID, SAME_UPPER and SAME_LOWER are known`);
}

/** The rule of Keras that puts the windows in the same places; undefined if there is none. */
export function kerasPadding(axes: readonly WindowAxis[]): "same" | "valid" | undefined {
  return (["valid", "same"] as const).find((padding) =>
    axes.every(({ size, kernel, stride, before, out }) => {
      const geometry = windowGeometry(size, kernel, stride, padding);
      return geometry.before === before && geometry.out === out;
    }),
  );
}

/** The padding as rows and columns, for a layer that adds them. What windows do not reach need not be cut off. */
export function paddingEdges([y, x]: readonly [WindowAxis, WindowAxis]): readonly [Pair, Pair] {
  return [
    [y.before, Math.max(0, y.after)],
    [x.before, Math.max(0, x.after)],
  ];
}

function isPositive(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value < MAX_SIZE;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value < MAX_SIZE;
}

const MAX_SIZE = 2 ** 20;

/** How wide and how deep a model is, from the size of its samples and of its code, where the user does not say. */
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { Preset } from "../options/common-options.ts";

const WIDTH: Readonly<Record<Preset, number>> = { fast: 0.5, balanced: 1, best: 2 };
const DEPTH: Readonly<Record<Preset, number>> = { fast: 2, balanced: 3, best: 4 };
const FIRST_FILTERS: Readonly<Record<Preset, number>> = { fast: 8, balanced: 16, best: 32 };

/** More values than that are worth a third layer. */
const SMALL = 64;
/** Wider layers at large samples cost more memory than they bring: 224×224×3 values have 77 million weights with so many units. */
const MOST_UNITS = 512;
/** So many units are no bottleneck for any code that has fewer. */
const MOST_NARROW = 128;
/** Images are halved until their smaller side is about so long. */
const SMALLEST_SIDE = 3.5;
const MOST_HALVINGS = 5;

/** The power of two nearest to the root of the number of values: 32 for 28×28, 4 for a table of 12 columns. */
export function codeSize(shape: Shape): number {
  return 2 ** Math.max(0, Math.round(Math.log2(Math.sqrt(sizeOf(shape)))));
}

/**
 * Units of an encoder's hidden layers, without the code: in equal ratios from the sample to the code, and never so few that they are a
 * bottleneck before the bottleneck: not fewer than the code, or (up to 128) twice the root of the number of values. 784 values, three layers, code 32: 270,
 * 93; code 2: 107, 56.
 */
export function hiddenUnits(
  shape: Shape,
  code: number,
  { layers, preset }: { readonly layers?: number | undefined; readonly preset: Preset },
): number[] {
  const size = sizeOf(shape);
  const depth = layers ?? (size <= SMALL ? 2 : DEPTH[preset]);
  const first = Math.min(size * (code / size) ** (1 / depth), Math.max(MOST_UNITS, code));
  const ratio = (code / first) ** (1 / Math.max(1, depth - 1));
  const fewest = Math.min(size, Math.max(code, Math.min(MOST_NARROW, Math.round(2 * Math.sqrt(size)))));
  return Array.from({ length: depth - 1 }, (_, index) =>
    Math.max(fewest, Math.round(first * ratio ** index * WIDTH[preset])),
  );
}

/** What is open about the sizes of fully connected halves. */
export interface DenseSizes {
  readonly code: number | undefined;
  readonly layers: number | undefined;
  readonly units: readonly number[] | undefined;
  readonly preset: Preset;
}

/**
 * Decides the sizes of fully connected halves: the code by the samples, the hidden units by both. `units` stays open where the code is
 * the only hidden layer.
 *
 * @throws RangeError when the number of layers is not that of the units and the code.
 */
export function decideDenseSizes<Options extends DenseSizes>(
  family: string,
  shape: Shape,
  options: Options,
): Options & { readonly code: number; readonly layers: number } {
  const { code = codeSize(shape), layers, units, preset } = options;
  if (units !== undefined && layers !== undefined && layers !== units.length + 1) {
    throw new RangeError(
      `the model "${family}" has a hidden layer for each of the units ${units.join(", ")} and one for the code, ` +
        `${units.length + 1} in all; layers ${layers} came. Give one of the two options`,
    );
  }
  const hidden = units ?? hiddenUnits(shape, code, { layers, preset });
  return { ...options, code, layers: hidden.length + 1, units: hidden.length === 0 ? undefined : hidden };
}

/** Filters of an encoder's convolutions, which double as the sides are halved: 16, 32, 64 for 28×28. */
export function convFilters(shape: Shape, preset: Preset): number[] {
  const [height = 1, width = 1] = shape;
  const side = Math.max(Math.min(height, width), Math.max(height, width) / 4);
  const halvings = Math.min(MOST_HALVINGS, Math.max(1, Math.floor(Math.log2(side / SMALLEST_SIDE))));
  return Array.from({ length: halvings }, (_, index) => FIRST_FILTERS[preset] * 2 ** index);
}

/** What is open about the filters of convolutional halves. */
export interface FilterCounts {
  readonly filters: readonly number[] | undefined;
  readonly decoderFilters: readonly number[] | undefined;
  readonly preset: Preset;
}

/**
 * Decides the filters of convolutional halves by the sides of the samples; the decoder's are the encoder's in reverse.
 *
 * @throws RangeError when the decoder would not double as often as the encoder halves.
 */
export function decideFilters<Options extends FilterCounts>(
  family: string,
  shape: Shape,
  options: Options,
): Options & { readonly filters: readonly number[]; readonly decoderFilters: readonly number[] } {
  const { decoderFilters: given, preset } = options;
  const filters = options.filters ?? (given ? given.toReversed() : convFilters(shape, preset));
  const decoderFilters = given ?? filters.toReversed();
  if (filters.length !== decoderFilters.length) {
    throw new RangeError(
      `the decoder of the model "${family}" doubles the sides as often as the encoder halves them; ` +
        `filters ${filters.join(", ")} and decoderFilters ${decoderFilters.join(", ")} came. Give as many of both`,
    );
  }
  return { ...options, filters, decoderFilters };
}

/** Whether samples are images that convolutions have something to do with. */
export function isImage(shape: Shape): boolean {
  const [height = 0, width = 0] = shape;
  return shape.length === 3 && Math.min(height, width) >= 8;
}

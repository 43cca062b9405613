/** Samples as they are drawn. */
import type { Dataset, Samples } from "@sandglass/core";
import type { ValueStatistics } from "./value-statistics.ts";

/** Samples by their positions, in their range; what is transparent lies on white. */
export function shownSamples(
  data: Dataset,
  samples: Iterable<number>,
  { range }: Pick<ValueStatistics, "range">,
): Samples {
  const size = data.values.length / data.count;
  const values = Float32Array.from(
    [...samples].flatMap((sample) => [...data.values.subarray(sample * size, (sample + 1) * size)]),
    (value) => value * data.scale,
  );
  const isUnit = range[0] === 0 && range[1] === 1;
  return { ...opaque(data.shape, values), ...(isUnit ? {} : { range }) };
}

/** Values that can be drawn. */
export type ShownValues = Pick<Samples, "shape" | "values">;

/** Values of samples with opacity as red, green and blue over white; all others as they are. */
function opaque(shape: readonly number[], values: Float32Array): ShownValues {
  const [height = 1, width = 1, channels] = shape;
  if (shape.length !== 3 || channels !== 4) return { shape, values };
  const colors = new Float32Array((values.length / 4) * 3);
  for (let pixel = 0; pixel < values.length / 4; pixel++) {
    const opacity = values[4 * pixel + 3] as number;
    for (let color = 0; color < 3; color++) {
      colors[3 * pixel + color] = (values[4 * pixel + color] as number) * opacity + 1 - opacity;
    }
  }
  return { shape: [height, width, 3], values: colors };
}

/** How many are shown beside one another: images, and charts of samples that are none. */
export function fitting({ shape }: Pick<Dataset, "shape">, images = 12): number {
  return shape.length === 3 ? images : Math.min(images, 6);
}

/** A caption has room for so many letters. */
const LETTERS = 16;

/** The last part of a name, without what stands in the middle of it where it is long. */
export function shortName(name: string): string {
  const last = name.slice(name.lastIndexOf("/") + 1).replace(/\.[a-z]{3,4}$/iu, "");
  if (last.length <= LETTERS) return last;
  return `${last.slice(0, LETTERS / 2)}…${last.slice(1 - LETTERS / 2)}`;
}

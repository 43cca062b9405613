/** Resampling as TensorFlow's ImageProjectiveTransformV3 does it, in float64. */
import type { ReferenceTensor } from "../../graph/op.ts";
import { fillRules } from "./fill-modes.ts";
import type { Interpolation, ResampleAttributes } from "./options.ts";

/** How much of a pixel goes into a pixel of the result; pixel −1 stands for the fill value. */
export interface Contribution {
  readonly output: number;
  readonly pixel: number;
  readonly weight: number;
}

export function contributions(
  transform: ReferenceTensor,
  { imageSize: [height, width], outputSize, interpolation, fillMode }: ResampleAttributes,
): Contribution[] {
  const [a0, a1, a2, b0, b1, b2, c0, c1] = transform as unknown as [number, number, number, ...number[]];
  const [rows, columns] = outputSize;
  return Array.from({ length: rows * columns }, (_, output) => {
    const [x, y] = [output % columns, Math.floor(output / columns)];
    const depth = c0! * x + c1! * y + 1;
    if (depth === 0) return [{ output, pixel: -1, weight: 1 }];
    const across = fillRules[fillMode].reference((a0 * x + a1 * y + a2) / depth, width);
    const down = fillRules[fillMode].reference((b0! * x + b1! * y + b2!) / depth, height);
    return neighbours[interpolation](down).flatMap(([row, rowWeight]) =>
      neighbours[interpolation](across).map(([column, columnWeight]) => {
        const isInside = row >= 0 && row < height && column >= 0 && column < width;
        return { output, pixel: isInside ? row * width + column : -1, weight: rowWeight * columnWeight };
      }),
    );
  }).flat();
}

/** The pixels around a coordinate, each with its weight. */
const neighbours: Readonly<Record<Interpolation, (coordinate: number) => readonly (readonly [number, number])[]>> = {
  nearest: (coordinate) => [[Math.sign(coordinate) * Math.floor(Math.abs(coordinate) + 0.5), 1]],
  bilinear: (coordinate) => {
    const before = Math.floor(coordinate);
    return [
      [before, before + 1 - coordinate],
      [before + 1, coordinate - before],
    ];
  },
};

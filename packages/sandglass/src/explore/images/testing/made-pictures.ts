/** Pictures that are made for tests: no two alike, and of two classes that can be told apart. */
import { RandomStream } from "@sandglass/core";
import { picture } from "../../../images/decode/testing/image-files.ts";

export const SIDE = 40;

/** Waves at random, brighter on one side: class 0 left, class 1 right. Values of `[40, 40]`, row by row. */
export function madeValues(label: 0 | 1, number: number): Uint8Array {
  const random = new RandomStream(7, 2 * number + label);
  const waves = Array.from({ length: 6 }, () => ({
    down: random.uniform(0.1, 0.6),
    right: random.uniform(0.1, 0.6),
    phase: random.uniform(0, 6),
  }));
  return Uint8Array.from({ length: SIDE * SIDE }, (_, at) => {
    const [y, x] = [Math.floor(at / SIDE), at % SIDE];
    const slope = (label === 0 ? 1 : -1) * (SIDE / 2 - x);
    return (
      128 +
      3 * slope +
      waves.reduce((sum, { down, right, phase }) => sum + 13 * Math.sin(y * down + x * right + phase), 0)
    );
  });
}

/** Stripes from pixel to pixel, which no other picture has. */
export function oddValues(): Uint8Array {
  return Uint8Array.from(
    { length: SIDE * SIDE },
    (_, at) => ((Math.floor(at / SIDE / 3) + Math.floor((at % SIDE) / 3)) % 2) * 255,
  );
}

/** The file of such a picture. */
export function pngOf(values: Uint8Array): Promise<Uint8Array> {
  return picture(SIDE, SIDE, 1, (x, y) => values[y * SIDE + x] as number)
    .toColourspace("b-w")
    .png()
    .toBuffer();
}

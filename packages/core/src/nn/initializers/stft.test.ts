import { describe, expect, test } from "vitest";
import { RandomBits } from "../random/random-bits.ts";
import { getInitializer, initializerFromConfig, initializerToKeras } from "./registry.ts";
import { stft } from "./stft.ts";
import type { StftOptions } from "./stft.ts";

const bits = new RandomBits(1);

// What keras.initializers.STFT of Keras 3.15.1 gives with SciPy's windows, rounded to six digits.
const CASES: readonly (readonly [shape: readonly number[], options: StftOptions, values: readonly number[]])[] = [
  [[4, 1, 3], {}, [0, 0, 0, Math.SQRT1_2, 0, -Math.SQRT1_2, Math.SQRT1_2, -Math.SQRT1_2, Math.SQRT1_2, 0, 0, 0]],
  [
    [3, 1, 3],
    { side: "imag", window: "hamming", scaling: "spectrum", periodic: true },
    [0, 0, 0, 0, -0.475309, 0, 0, 0, 0],
  ],
  [[5, 1, 3], { window: "blackman", scaling: null }, [0, 0, 0, 0.34, 0, -0.34, 1, -1, 1, 0.34, 0, -0.34, 0, 0, 0]],
  [[3, 1, 2], { side: "imag", window: null }, [0, 0, 0, 0, 0, 0]],
  [
    [3, 1, 2],
    { window: [0.5, 1, -2], scaling: "spectrum" },
    [0.142857, 0.142857, 0.285714, -0.285714, -0.571429, -0.571429],
  ],
  [
    [4, 1, 2],
    { window: "flattop", periodic: true },
    [-0.00042, -0.00042, -0.054574, 0.054574, 0.997017, 0.997017, -0.054574, 0.054574],
  ],
  [
    [4, 1, 2],
    { window: "nuttall", scaling: null },
    [0.000363, 0.000363, 0.52923, -0.52923, 0.52923, 0.52923, 0.000363, -0.000363],
  ],
  [
    [4, 1, 2],
    { window: "blackmanharris", scaling: null },
    [6e-5, 6e-5, 0.520575, -0.520575, 0.520575, 0.520575, 6e-5, -6e-5],
  ],
  [[1, 1, 2], {}, [1, 1]],
  [[2, 1, 2], { window: "boxcar" }, [Math.SQRT1_2, Math.SQRT1_2, Math.SQRT1_2, -Math.SQRT1_2]],
];

describe("stft", () => {
  test.each(CASES)("of the shape %j with %j gives Keras's values", (shape, options, values) => {
    const made = [...stft(options).values(shape, bits)];
    expect(made).toHaveLength(values.length);
    for (const [index, value] of made.entries()) expect(value).toBeCloseTo(values[index] as number, 6);
  });

  test("goes to Keras and back", () => {
    const { class_name: className, config } = initializerToKeras(stft({ window: [1, 2], scaling: null }));
    expect([className, config]).toEqual(["STFT", { side: "real", window: [1, 2], scaling: null, periodic: false }]);
    expect(initializerFromConfig(className, config).config).toEqual(config);
    expect(getInitializer("stft").config).toEqual(stft().config);
  });

  test("says what is wrong", () => {
    expect(() => stft({ side: "imaginary" as "imag" })).toThrow("unknown side of stft");
    expect(() => stft({ window: "han" as "hann" })).toThrow('did you mean "hann"?');
    expect(() => stft({ scaling: "l2" as "density" })).toThrow("unknown scaling of stft");
    expect(() => stft().values([4, 2, 3], bits)).toThrow(
      "[steps, 1, frequencies] with 2 frequencies or more; [4, 2, 3] came",
    );
    expect(() => stft({ window: [1] }).values([4, 1, 3], bits)).toThrow(
      "the window of stft has 1 numbers and the kernel 4 steps",
    );
  });
});

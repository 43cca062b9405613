import { beforeEach, expect, test } from "vitest";
import { autoName, resetNames, toSnakeCase } from "./names.ts";

beforeEach(resetNames);

test("counts each class by itself", () => {
  expect(["Conv2D", "Dense", "Conv2D", "Conv2D"].map(autoName)).toEqual(["conv2d", "dense", "conv2d_1", "conv2d_2"]);
  resetNames();
  expect(autoName("Conv2D")).toBe("conv2d");
});

test.each([
  ["MaxPooling2D", "max_pooling2d"],
  ["Conv2DTranspose", "conv2d_transpose"],
  ["UpSampling2D", "up_sampling2d"],
  ["RMSprop", "rm_sprop"],
  ["InputLayer", "input_layer"],
  ["kernelInitializer", "kernel_initializer"],
])("%s is %s in snake case, as in Keras", (name, expected) => {
  expect(toSnakeCase(name)).toBe(expected);
});

import { expect, test } from "vitest";
import { describeFamily, waves } from "../testing/family-contract.ts";
import { deep } from "./deep.ts";

describeFamily(deep.family, "deep", { options: { units: [48, 24], code: 8 } });
describeFamily(deep.family, "deep: a saturating code", {
  options: { units: [32], activation: "tanh", codeActivation: "sigmoid", loss: "mse" },
});

test.each([
  // (784 + 1)·128 + (128 + 1)·64 + (64 + 1)·32, and back.
  [{ units: [128, 64], code: 32 }, 222_384, "784-128-64-32-64-128-784"],
  [{ units: [100], code: 30 }, 163_814, "784-100-30-100-784"],
])("%j has %i parameters: %s", (options, parameters) => {
  const model = deep(options);
  model.build(waves([28, 28, 1], 2));
  expect(model.model.countParams()).toBe(parameters);
  expect(model.codeShape).toEqual([options.code]);
});

test("sizes that are not given follow from the samples, and decide themselves", () => {
  const model = deep({ layers: 3 });
  model.build(waves([28, 28, 1], 2));
  expect(model.options).toMatchObject({ code: 32, layers: 3, units: [270, 93], codeActivation: "linear" });
  const again = deep(model.options);
  again.buildFor(model.description.brief);
  expect(again.options).toEqual(model.options);
});

test("one layer is the code alone", () => {
  const model = deep({ layers: 1, code: 5 });
  model.build(waves([12], 4));
  expect(model.options).toMatchObject({ layers: 1, units: undefined });
  // (12 + 1)·5 + (5 + 1)·12
  expect(model.model.countParams()).toBe(137);
});

test("layers and units that do not go together are named", () => {
  expect(() => deep({ layers: 4, units: [20, 10] }).build(waves([28, 28, 1], 2))).toThrow(
    'the model "deep" has a hidden layer for each of the units 20, 10 and one for the code, 3 in all; layers 4 came',
  );
});

import { expect, test } from "vitest";
import { describeFamily, waves } from "../testing/family-contract.ts";
import { vanilla } from "./vanilla.ts";

describeFamily(vanilla.family, "vanilla");

test("has one hidden layer", () => {
  const model = vanilla({ code: 32 });
  model.build(waves([28, 28, 1], 2));
  // (784 + 1)·32 + (32 + 1)·784
  expect(model.model.countParams()).toBe(50_992);
  expect(model.codeShape).toEqual([32]);
});

test("the data decide loss and last activation", () => {
  const bounded = vanilla();
  bounded.build(waves([28, 28, 1], 2));
  expect(bounded.options).toMatchObject({ code: 32, loss: "bce", outputActivation: "sigmoid" });
  const table = vanilla();
  table.build(waves([12], 20, { negative: true }));
  expect(table.options).toMatchObject({ code: 4, loss: "mse", outputActivation: "linear" });
  expect(() => vanilla({ loss: "bce" }).build(waves([12], 20, { negative: true }))).toThrow(
    /values from -\S+ to \S+ came/,
  );
});

test("unknown options and values bring what is known", () => {
  expect(() => vanilla({ codes: 3 } as object)).toThrow(
    'the model "vanilla" has no option "codes"; did you mean "code"?',
  );
  expect(() => vanilla({ code: 0 })).toThrow(/code of the model "vanilla" must be a whole number from 1 on; 0 came/);
  expect(() => vanilla({ activation: "swish" } as object)).toThrow(/must be one of relu, linear, tanh, sigmoid/);
});

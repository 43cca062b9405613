import { expect, test } from "vitest";
import { arrayMeaning } from "./array-roles.ts";

test.each([
  ["X", "samples", undefined],
  ["data", "samples", undefined],
  ["x_train", "samples", "train"],
  ["train_images", "samples", "train"],
  ["val_images", "samples", "validation"],
  ["XTest", "samples", "test"],
  ["testImages", "samples", "test"],
  ["test", "samples", "test"],
  ["training/features", "samples", "train"],
  ["y", "labels", undefined],
  ["y_valid", "labels", "validation"],
  ["train-labels", "labels", "train"],
  ["targets", "labels", undefined],
  ["class_names", "class names", undefined],
  ["targetNames", "class names", undefined],
])("%s", (name, role, split) => {
  expect(arrayMeaning(name)).toMatchObject({ role, split });
});

test.each(["arr_0", "", "mask", "train_mask", "x_train_test", "yes", "weights", "x2", "größe"])(
  "nothing: %s",
  (name) => {
    expect(arrayMeaning(name)).toBeUndefined();
  },
);

test("of two names of one role, the likelier has the smaller rank", () => {
  expect(arrayMeaning("y_train")?.rank).toBeLessThan(arrayMeaning("train_labels")?.rank ?? 0);
});

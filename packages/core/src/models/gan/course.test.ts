import { expect, test } from "vitest";
import { courseOf } from "./course.ts";

const history = (values: readonly (number | undefined)[]): Record<string, number>[] =>
  values.map((value) => (value === undefined ? {} : { figure: value }));

test("the last three epochs, beside three a third of the training before", () => {
  // Nine epochs: the last three are compared with those that begin three earlier.
  expect(courseOf(history([9, 1, 1, 2, 2, 2, 4, 5, 6]), "figure")).toEqual({
    epochs: 3,
    least: 4,
    most: 6,
    mean: 5,
    highest: 9,
    trend: "rising",
  });
  expect(courseOf(history([3, 3, 3, 1, 1, 1]), "figure")!.trend).toBe("falling");
  expect(courseOf(history([3, 3, 3, 3.7, 3.7, 3.7]), "figure")!.trend).toBe("steady");
  expect(courseOf(history([0, 0, 0, 0.01, 0.01, 0.01]), "figure")!.trend).toBe("steady");
  expect(courseOf(history([0, 0, 0, 0, 0, 0]), "figure")!.trend).toBe("steady");
});

test("of twelve epochs, the third before is four epochs ago", () => {
  const values = [0, 0, 0, 0, 0, 8, 8, 8, 1, 9, 9, 9];
  expect(courseOf(history(values), "figure")!.trend).toBe("steady");
});

test("too few epochs say nothing, and those without the figure do not count", () => {
  expect(courseOf(history([1, 1, 1, 1, 1]), "figure")).toBeUndefined();
  expect(courseOf(history([1, undefined, 1, 1, undefined, 1, 1]), "figure")).toBeUndefined();
  expect(courseOf(history([1, undefined, 1, 1, 1, 1, 2]), "figure")!.most).toBe(2);
});

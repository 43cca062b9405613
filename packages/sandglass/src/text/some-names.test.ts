import { expect, test } from "vitest";
import { someNames } from "./some-names.ts";

test("names the first few, and says where there are more", () => {
  expect(someNames([])).toBe("");
  expect(someNames(["a", "b", "c"])).toBe("a, b, c");
  expect(someNames(["a", "b", "c", "d"])).toBe("a, b, c, …");
  expect(someNames(["a", "b", "c"], 2)).toBe("a, b, …");
});

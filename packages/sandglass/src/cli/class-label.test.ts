import { expect, test } from "vitest";
import { UserError } from "../errors.ts";
import { classNumber } from "./class-label.ts";

const clothes = { numClasses: 3, classNames: ["T-shirt/top", "Trouser", "Ankle boot"] };

test.each([
  ["Trouser", 1],
  ["ankle boot", 2],
  ["2", 2],
  ["0", 0],
])("takes %s for the class %d", (text, number) => {
  expect(classNumber(text, clothes)).toBe(number);
});

test("a class that is called by a number goes before the number of a class", () => {
  expect(classNumber("7", { numClasses: 2, classNames: ["3", "7"] })).toBe(1);
  expect(classNumber("0", { numClasses: 2, classNames: ["3", "7"] })).toBe(0);
});

test("where classes have no names, there are numbers", () => {
  expect(classNumber("4", { numClasses: 5, classNames: undefined })).toBe(4);
});

test.each([
  ["Ankel boot", clothes, 'the model knows no class "Ankel boot"; did you mean "Ankle boot"?'],
  ["Sandal", clothes, 'the model knows no class "Sandal"\nKnown classes: T-shirt/top, Trouser, Ankle boot'],
  ["12", clothes, "the model knows the classes 0 to 2; 12 came as --label"],
  ["1.5", clothes, 'the model knows no class "1.5"'],
  [
    "boots",
    { numClasses: 5, classNames: undefined },
    "the model's classes have no names, only the numbers 0 to 4; boots came",
  ],
])("refuses %s", (text, classes, message) => {
  expect(() => classNumber(text, classes)).toThrow(UserError);
  expect(() => classNumber(text, classes)).toThrow(message);
});

import { expect, test } from "vitest";
import { UserError } from "../errors.ts";
import { checkChoiceValues, checkTrainingRequest, checkUseRequest, optionOf } from "./check-choices.ts";

/** What JavaScript lets through. */
function untyped(value: unknown): never {
  return value as never;
}

test("choices that can be pass, those left open too", () => {
  checkChoiceValues({});
  checkChoiceValues({
    size: 32,
    count: 5,
    unreadable: 0,
    color: undefined,
    ignore: ["id"],
    types: { zip: "category" },
  });
  checkChoiceValues({
    encoding: "shift_jis",
    delimiter: ";",
    decimal: ",",
    header: false,
    scaling: "none",
    maxPixels: 1e9,
  });
});

test.each([
  [{ sizee: "32" }, /there is no choice "sizee"; did you mean "size"\?\nKnown choices: count, split, /u],
  [{ toString: "x" }, /there is no choice "toString"\n/u],
  [{ size: true }, /the choice "size" must be 64, or height and width as in "64x96"; true came/u],
  [{ size: 3.5 }, /3\.5 came/u],
  [{ count: "5" }, /the choice "count" must be a whole number from 1 on; "5" came/u],
  [{ count: 0 }, /0 came/u],
  [{ color: "gray" }, /the choice "color" must be one of "grey", "color", "rgba"; "gray" came/u],
  [{ unreadable: 2 }, /a share from 0 to 1; 2 came/u],
  [{ ignore: "id" }, /names of columns, such as \["id", "remarks"\]; "id" came/u],
  [{ types: ["zip"] }, /words by the names of columns, such as \{ zip: "category" \}; \["zip"\] came/u],
  [{ encoding: "utf-9" }, /a name such as "utf-8", .*; "utf-9" came/u],
  [{ delimiter: "" }, /what stands between cells/u],
  [{ maxPixels: Number.NaN }, /"maxPixels" must be a whole number/u],
])("what is no choice is said: %j", (choices, message) => {
  const check = (): void => checkChoiceValues(untyped(choices));
  expect(check).toThrow(message);
  expect(check).toThrow(UserError);
});

test.each([
  [{ choices: "64", seed: 0 }, /^choices must be an object such as \{ size: "64" \}; "64" came/u],
  [{ choices: {}, seed: -1 }, /^seed must be a whole number from 0 on; -1 came/u],
  [{ choices: {}, seed: 0, validation: 1.5 }, /^validation must be a share below 1, .*; 1\.5 came/u],
  [{ choices: {}, seed: 0, validation: "tset" }, /"tset" came/u],
])("so is a request that cannot be: %j", (request, message) => {
  expect(() => checkTrainingRequest(untyped(request))).toThrow(message);
});

test("a part is one of three", () => {
  checkUseRequest({ half: "test", seed: 0 });
  expect(() => checkUseRequest(untyped({ half: "tset", seed: 0 }))).toThrow(
    /^half must be one of "train", "validation", "test"; "tset" came/u,
  );
});

test("options have the names of choices, in the command line's way", () => {
  expect(optionOf("maxPixels")).toBe("--max-pixels");
  expect(optionOf("size")).toBe("--size");
});

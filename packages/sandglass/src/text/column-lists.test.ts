import { describe, expect, test } from "vitest";
import { columnItem, parseColumnList, parseColumnTypes, typeItem } from "./column-lists.ts";

describe("lists", () => {
  test.each<[string, string[]]>([
    ["order id,remarks", ["order id", "remarks"]],
    [" a , b,, ", ["a", "b"]],
    ['"weight, kg",zip', ["weight, kg", "zip"]],
    ['zip, "weight, kg" ', ["zip", "weight, kg"]],
    ['"say ""when""",b', ['say "when"', "b"]],
    ['size (5"),b', ['size (5")', "b"]],
    ['" blank "', [" blank "]],
    ['"a"', ["a"]],
    ["", []],
  ])("%s", (text, names) => {
    expect(parseColumnList(text)).toEqual(names);
  });

  test.each([
    ['"a, b', /Expected a second quote that ends "a\./u],
    ['"a"b,c', /Expected a comma behind "a"; b came\./u],
  ])("of %s are refused", (text, message) => {
    expect(() => parseColumnList(text)).toThrow(message);
  });
});

describe("types", () => {
  test.each<[string, Record<string, string>]>([
    ["zip=category,weight=number", { zip: "category", weight: "number" }],
    ["a=b=date, when = dayfirst", { "a=b": "date", when: "dayfirst" }],
    ['"weight, kg"=number,zip=category', { "weight, kg": "number", zip: "category" }],
    ['"a=b"=number', { "a=b": "number" }],
  ])("%s", (text, types) => {
    expect(parseColumnTypes(text)).toEqual(types);
  });

  test.each(["zip", "=number", '"zip"', '"zip"number', "a=number,zip"])("of %s are refused", (text) => {
    expect(() => parseColumnTypes(text)).toThrow(/^Expected column=type, such as zip=category; "/u);
  });
});

test.each(["zip", "weight, kg", " blank ", '"quoted"', 'a "b" c', "a=b", ",", '"', ""])(
  "%j is read as it was written",
  (name) => {
    expect(parseColumnList(`first,${columnItem(name)},last`)).toEqual(["first", name, "last"]);
    expect(parseColumnTypes(`first=date,${typeItem(name, "number")}`)).toEqual({ first: "date", [name]: "number" });
  },
);

import { Command } from "commander";
import { expect, test } from "vitest";
import { addDataOptions, dataChoices } from "../cli/data-options.ts";
import type { DataChoices } from "../sources/index.ts";
import { choiceWords } from "./choice-words.ts";

test("what is advised is what the command line reads", () => {
  const choices: DataChoices = {
    count: 500,
    split: "stratified",
    group: String.raw`^(person\d+)`,
    size: "64x96",
    color: "grey",
    fit: "contain",
    patches: 8,
    maxPixels: 1000,
    unreadable: 0.2,
    label: "late, or not",
    ignore: ["order id", "weight, kg"],
    types: { zip: "category", "height, cm": "number" },
    scaling: "robust",
    header: false,
    decimal: ",",
    delimiter: ";",
  };
  const command = addDataOptions(new Command());
  command.parse([...choiceWords({ ...choices, encoding: undefined })], { from: "user" });
  expect(dataChoices(command.opts())).toEqual(choices);
});

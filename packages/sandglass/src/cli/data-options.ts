/** The options that say how data are read and divided, for the commands that begin with data. */
import { InvalidArgumentError, Option, type Command } from "commander";
import type { DataChoices } from "../sources/index.ts";
import { parseColumnList, parseColumnTypes } from "../text/column-lists.ts";
import { oneOf, share, wholeNumber } from "./option-parsers.ts";

/** Declares them. */
export function addDataOptions(command: Command): Command {
  for (const option of dataOptions()) command.addOption(option);
  return command;
}

/** What was given of them. */
export function dataChoices(given: DataChoices): DataChoices {
  const names = dataOptions().map((option) => option.attributeName() as keyof DataChoices);
  return Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])));
}

/** All of them, each time anew. */
export function dataOptions(): readonly Option[] {
  return [
    option("--count <number>", "use only so many images or samples, or draw so many", wholeNumber(1)),
    option(
      "--split <rule>",
      "how arrays and images are held back: last, random, or stratified by class (default: stratified where there are classes, else random; the last of named sets)",
      oneOf(["last", "random", "stratified"]),
    ),
    option(
      "--group <pattern>",
      "images in whose file names it finds the same are never in two parts; of a table, a column",
    ),
    option("--size <pixels>", 'bring images to this size: 64, or height and width, "64x96" (default: by the images)'),
    option("--color <kind>", "read images as grey, color or rgba (default: by the images)", oneOf(COLORS)),
    option("--fit <how>", "to another aspect ratio by cover, contain or stretch (default: cover)", oneOf(FITS)),
    option("--patches <number>", "train on so many random crops of each image, of --size pixels", wholeNumber(1)),
    option("--unreadable <share>", "the share of images or rows that may be unreadable (default: 0.1)", share),
    option("--label <column>", "the column of a table that holds classes; the model does not see it"),
    option(
      "--ignore <columns>",
      "columns of a table to leave out, separated by commas (again, or in quotes: 'a,\"b, c\"')",
      ignored,
    ),
    option(
      "--types <list>",
      "what columns are: number, category, date (dayfirst or monthfirst), or ignore, such as zip=category,when=dayfirst (default: by their cells)",
      types,
    ),
    option("--scaling <kind>", "of numbers in tables: standard, minmax or robust (default: standard)", oneOf(SCALINGS)),
  ];
}

const COLORS = ["grey", "color", "rgba"] as const;
const FITS = ["cover", "contain", "stretch"] as const;
const SCALINGS = ["standard", "minmax", "robust"] as const;

function option<Value>(flags: string, help: string, parser?: (text: string, before?: Value) => Value): Option {
  const made = new Option(flags, help).helpGroup("Data:");
  return parser === undefined ? made : made.argParser(parser);
}

/** Names that are given again are added to those before. */
function ignored(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...asArgument(() => parseColumnList(text))];
}

function types(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return { ...before, ...asArgument(() => parseColumnTypes(text)) };
}

function asArgument<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InvalidArgumentError(error.message);
  }
}

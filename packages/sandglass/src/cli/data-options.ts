/** The options that say how data are read and divided, for the commands that begin with data. */
import { InvalidArgumentError, Option, type Command } from "commander";
import { COLORS, DECIMALS, FITS, SCALINGS, SPLIT_RULES } from "../sources/choice-values.ts";
import type { DataChoices, ReadingChoices } from "../sources/index.ts";
import { parseColumnList, parseColumnTypes } from "../text/column-lists.ts";
import { oneOf, share, wholeNumber, yesOrNo } from "./option-parsers.ts";

/** Declares them. */
export function addDataOptions(command: Command): Command {
  for (const option of dataOptions()) command.addOption(option);
  return command;
}

/** What was given of them. */
export function dataChoices(given: DataChoices): DataChoices {
  return givenOf(dataOptions(), given);
}

/** What was given of the options that say how files are read. */
export function readingChoices(given: ReadingChoices): ReadingChoices {
  return givenOf(readingOptions(), given);
}

function givenOf(options: readonly Option[], given: DataChoices): DataChoices {
  const names = options.map((option) => option.attributeName() as keyof DataChoices);
  return Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])));
}

/** All of them, each time anew. */
export function dataOptions(): readonly Option[] {
  return [
    option("--count <number>", "use only so many images or samples, or draw so many", wholeNumber(1)),
    option(
      "--split <rule>",
      "how samples are held back: last, random, or stratified by class (default: stratified where there are classes, else random; the last of named sets)",
      oneOf(SPLIT_RULES),
    ),
    option(
      "--group <pattern>",
      "images in whose file names it finds the same are never in two parts; of a table, a column",
    ),
    option("--size <pixels>", 'bring images to this size: 64, or height and width, "64x96" (default: by the images)'),
    option("--color <kind>", "read images as grey, color or rgba (default: by the images)", oneOf(COLORS)),
    option("--fit <how>", "to another aspect ratio by cover, contain or stretch (default: cover)", oneOf(FITS)),
    option("--patches <number>", "train on so many random crops of each image, of --size pixels", wholeNumber(1)),
    option(
      "--target <folder>",
      "what to make of each image: the image of the same name in this folder (or pattern, or archive)",
    ),
    option("--label <column>", "the column of a table that holds classes; the model does not see it"),
    option(
      "--ignore <columns>",
      "columns of a table to leave out, separated by commas (again, or in quotes: 'a,\"b, c\"')",
      ignored,
    ),
    option(
      "--types <list>",
      "what columns are: number, category, date (dayfirst or monthfirst), text, or ignore, such as zip=category,when=dayfirst (default: by their cells)",
      types,
    ),
    option("--scaling <kind>", `of numbers in tables: ${SCALINGS.join(", ")} (default: standard)`, oneOf(SCALINGS)),
    ...readingOptions(),
  ];
}

/** Those that say how files are read, for the commands that use a run, too. Each time anew. */
export function readingOptions(): readonly Option[] {
  return [
    option(
      "--unreadable <share>",
      "the share of images or rows that may be unreadable (default: 0.1, or as the run was made; any rows where a run is used)",
      share,
    ),
    option("--max-pixels <number>", "images of more pixels are refused (default: 100000000)", wholeNumber(1)),
    option("--delimiter <sign>", 'what stands between cells of a CSV file: ";", tab or blanks (default: by the file)'),
    option(
      "--header <yes or no>",
      "whether the first line of a CSV file names the columns (default: by the file)",
      yesOrNo,
    ),
    option("--encoding <name>", "how a CSV file writes letters: utf-8, windows-1252, … (default: by the file)"),
    option(
      "--decimal <sign>",
      'what stands before the decimals of numbers in a CSV file: "." or "," (default: by the cells)',
      oneOf(DECIMALS),
    ),
  ];
}

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

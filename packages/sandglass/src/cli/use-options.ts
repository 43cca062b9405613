/** The options with which a run is used on data, for the commands that take RUN and DATA. */
import { InvalidArgumentError, Option, type Command } from "commander";
import { HALVES } from "../sources/choice-values.ts";
import { dataOptions, readingOptions } from "./data-options.ts";
import { oneOf, wholeNumber } from "./option-parsers.ts";

/** `--split`: which part of the data. */
export function splitOption(): Option {
  return new Option("--split <half>", "train, validation or test: which part of the data, where there are several")
    .argParser(oneOf(HALVES))
    .default("test");
}

/** `--count`: how many of the samples. */
export function countOption(): Option {
  return new Option("--count <number>", "use only the first samples, or draw so many").argParser(wholeNumber(1));
}

/** How the files of the data are read, where not as those of the run. */
export function addReadingOptions(command: Command): Command {
  for (const option of readingOptions()) command.addOption(option);
  return command;
}

/** `--batch-size`, which changes no result. */
export function batchSizeOption(usual: number): Option {
  return new Option("-b, --batch-size <number>", "samples at a time; changes the speed only")
    .argParser(wholeNumber(1))
    .default(usual);
}

/** Says of the other options of data, which only a training takes, why there is none. Called when all others are declared. */
export function refuseDataOptions(command: Command): Command {
  const declared = new Set(command.options.map(({ long }) => long));
  for (const { flags, long } of dataOptions()) {
    if (!declared.has(long)) command.addOption(new Option(flags).hideHelp().argParser(refuse));
  }
  return command;
}

function refuse(): never {
  throw new InvalidArgumentError("Data are prepared as those of the run were; leave it out.");
}

/** The options that a model brings along, on the command line: `keepRate` is `--keep-rate`, a list `--units 128,64`. */
import { Command, CommanderError, Option as CommandOption } from "commander";
import { modelFamilies, type ModelFamily, type Option, type OptionTable, type OptionValue } from "@sandglass/core";
import { nearestName } from "../data/nearest-name.ts";
import { UserError } from "../errors.ts";

/** What was typed of a model's options, and the words that are none. */
export interface ParsedModelOptions {
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly words: readonly string[];
}

/**
 * Reads a model's options among words that other options have been taken from.
 *
 * @param others the flags of those, to be suggested too: `--epochs`.
 * @throws UserError for an option that the model lacks, with the nearest; and for a value that is none.
 */
export function parseModelOptions(
  family: ModelFamily,
  words: readonly string[],
  others: readonly string[],
): ParsedModelOptions {
  return parseOptions(family.options, words, (error) => explain(error, family, words, others));
}

/**
 * Reads the options of a table among words that other options have been taken from.
 *
 * @param explain what is wrong with the words, in a sentence.
 * @throws UserError for an option that the table lacks, and for a value that is none.
 */
export function parseOptions(
  options: OptionTable,
  words: readonly string[],
  explain: (error: CommanderError) => string,
): ParsedModelOptions {
  const command = new Command("train")
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, outputError: () => undefined })
    .allowExcessArguments()
    .helpOption(false);
  for (const [key, option] of Object.entries(options)) command.addOption(commandOption(key, option));
  try {
    command.parse([...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw new UserError(explain(error), { exitCode: 2, cause: error });
  }
  return { options: command.opts<Record<string, OptionValue>>(), words: command.args };
}

/** `--code <number>` */
export function describeFlag(key: string, option: Option): string {
  const value = PLACEHOLDERS[option.kind];
  return value === undefined ? flagOf(key) : `${flagOf(key)} <${value}>`;
}

const PLACEHOLDERS: Readonly<Record<Option["kind"], string | undefined>> = {
  number: "number",
  sizes: "numbers",
  choice: "word",
  flag: undefined,
};

export function flagOf(key: string): string {
  return `--${key.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}

function commandOption(key: string, option: Option): CommandOption {
  const flag = new CommandOption(describeFlag(key, option), option.help);
  const parser = PARSERS[option.kind];
  return parser === undefined ? flag : flag.argParser((text) => parser(key, text));
}

const PARSERS: Readonly<Record<Option["kind"], ((key: string, text: string) => OptionValue) | undefined>> = {
  number: toNumber,
  sizes: (key, text) => text.split(",").map((part) => toNumber(key, part)),
  choice: undefined,
  flag: undefined,
};

/** What numbers and words may be, the model itself checks. */
function toNumber(key: string, text: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (!Number.isNaN(value)) return value;
  throw new UserError(`${flagOf(key)} takes numbers; "${text}" came`, { exitCode: 2 });
}

function explain(
  { code, message }: CommanderError,
  family: ModelFamily,
  words: readonly string[],
  others: readonly string[],
): string {
  if (code !== "commander.unknownOption") return message.replace(/^error: /u, "");
  const unknown = unknownOption(message, words);
  const meant = nearestName(unknown, [...Object.keys(family.options).map(flagOf), ...others]);
  const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
  return `${describeLack(family, unknown)}${hint}\nSee sandglass train --help, and sandglass models ${family.name}`;
}

/** The option that commander's message is about. */
export function unknownOption(message: string, words: readonly string[]): string {
  return words.find((word) => message.includes(`'${word.split("=", 1)[0]}'`))?.split("=", 1)[0] ?? "";
}

/** So many models that have an option are named. */
const NAMED = 4;

/** Says that an option is one of other models, where it is. */
function describeLack({ name, isSolved }: ModelFamily, unknown: string): string {
  const owners = modelFamilies.filter(({ options }) => Object.keys(options).some((key) => flagOf(key) === unknown));
  if (owners.length === 0) return `neither train nor the model "${name}" has an option ${unknown}`;
  if (isSolved) return `the model "${name}" is solved at once and has no option ${unknown}`;
  const named = owners.slice(0, NAMED).map((owner) => owner.name);
  const more = owners.length > NAMED ? ", …" : "";
  return `the model "${name}" has no option ${unknown}, which is one of ${named.join(", ")}${more}`;
}

/** The options that a model brings along, on the command line: `keepRate` is `--keep-rate`, a list `--units 128,64`. */
import { Command, CommanderError, Option as CommandOption } from "commander";
import {
  completeOptions,
  modelFamilies,
  type ModelFamily,
  type Option,
  type OptionTable,
  type OptionValue,
} from "@sandglass/core";
import { nearestName } from "../data/nearest-name.ts";
import { asWrongUsage, UserError } from "../errors.ts";
import { flagOf } from "../text/flag-of.ts";

/** What was typed of a model's options, and the words that are none. */
export interface ParsedModelOptions {
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly words: readonly string[];
}

/**
 * Reads a model's options among words that other options have been taken from.
 *
 * @param families the model; several where the data, which the words name, will decide among them: then the options of any one of them.
 * @param others the flags of those other options, to be suggested too: `--epochs`.
 * @throws UserError for an option that the model lacks, with the nearest; and for a value that is not what it may be.
 */
export function parseModelOptions(
  families: readonly ModelFamily[],
  words: readonly string[],
  others: readonly string[],
): ParsedModelOptions {
  const failures: unknown[] = [];
  for (const { name, options } of families) {
    try {
      return parseOptions(name, options, words, (error) => explain(error, families, words, others));
    } catch (error) {
      failures.push(error);
    }
  }
  throw failures[0];
}

/**
 * Reads the options of a table among words that other options have been taken from.
 *
 * @param name of the model that the table belongs to.
 * @param explain what is wrong with the words, in a sentence.
 * @throws UserError for an option that the table lacks, and for a value that is not what it may be.
 */
export function parseOptions(
  name: string,
  table: OptionTable,
  words: readonly string[],
  explain: (error: CommanderError) => string,
): ParsedModelOptions {
  const command = new Command("train")
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, outputError: () => undefined })
    .allowExcessArguments()
    .helpOption(false);
  for (const [key, option] of Object.entries(table)) command.addOption(commandOption(key, option));
  try {
    command.parse([...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw new UserError(explain(error), { exitCode: 2, cause: error });
  }
  const options = command.opts<Record<string, OptionValue>>();
  asWrongUsage(() => completeOptions(name, table, options));
  return { options, words: command.args };
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

function toNumber(key: string, text: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (!Number.isNaN(value)) return value;
  throw new UserError(`${flagOf(key)} takes numbers; "${text}" came`, { exitCode: 2 });
}

function explain(
  { code, message }: CommanderError,
  families: readonly ModelFamily[],
  words: readonly string[],
  others: readonly string[],
): string {
  if (code !== "commander.unknownOption") return message.replace(/^error: /u, "");
  const unknown = unknownOption(message, words);
  const lacking = families.filter((family) => !hasOption(family, unknown));
  const known = lacking.flatMap(({ options }) => Object.keys(options).map(flagOf));
  const meant = nearestName(unknown, [...new Set([...known, ...others])]);
  const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
  const pages = lacking.map(({ name }) => `sandglass models ${name}`).join(", ");
  return `${describeLack(lacking, unknown)}${hint}\nSee sandglass train --help, and ${pages}`;
}

/** The option that commander's message is about. */
export function unknownOption(message: string, words: readonly string[]): string {
  return words.find((word) => message.includes(`'${word.split("=", 1)[0]}'`))?.split("=", 1)[0] ?? "";
}

function hasOption({ options }: ModelFamily, flag: string): boolean {
  return Object.keys(options).some((key) => flagOf(key) === flag);
}

/** So many models that have an option are named. */
const NAMED = 4;

/** Says that an option is one of other models, where it is. */
function describeLack(lacking: readonly ModelFamily[], unknown: string): string {
  const owners = modelFamilies.filter((family) => hasOption(family, unknown));
  const names = lacking.map(({ name }) => `"${name}"`).join(" and ");
  const [models, has] = lacking.length === 1 ? [`the model ${names}`, "has"] : [`the models ${names}`, "have"];
  if (owners.length === 0) return `neither train nor ${models} ${has} an option ${unknown}`;
  if (lacking.every(({ isSolved }) => isSolved)) return `${models} is solved at once and ${has} no option ${unknown}`;
  const named = owners.slice(0, NAMED).map((owner) => owner.name);
  const more = owners.length > NAMED ? ", …" : "";
  return `${models} ${has} no option ${unknown}, which is one of ${named.join(", ")}${more}`;
}

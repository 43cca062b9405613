/** What `sandglass models` does. */
import { describeAllowed, modelFamilies, type ModelFamily, type Option } from "@sandglass/core";
import type { Context } from "./context.ts";
import { describeFlag } from "./model-options.ts";
import { familyOf } from "./run-train.ts";
import { formatPairs, formatTable } from "./table.ts";

export function runModels({ output }: Context, name: string | undefined): void {
  if (name === undefined) {
    const text = modelFamilies.map(describeBriefly).join("\n\n");
    output.result(`${text}\n\nWhat the options do: sandglass models NAME`, { models: modelFamilies.map(describe) });
    return;
  }
  const family = familyOf(name);
  const { title, purpose, cost, source, training, options } = family;
  const text = [
    formatPairs([
      ["model", `${family.name}: ${title}`],
      ["for", purpose],
      ["cost", cost],
      ["after", source],
      ["trained", family.isSolved ? "solved at once" : describeTraining(training)],
    ]),
    "",
    formatTable(["option", "default", "what it does"], Object.entries(options).flatMap(describeInRows)),
    "",
    `Example: sandglass train wardrobe --model ${family.name}`,
  ].join("\n");
  output.result(text, describe(family));
}

function describeTraining({ epochs, batchSize, optimizer, learningRate }: ModelFamily["training"]): string {
  return `${epochs} epochs (more of small sets), batches of ${batchSize}, ${optimizer}, learning rate ${learningRate}`;
}

/** Columns of text in a terminal that is not wide. */
const LINE = 100;

function describeBriefly({ name, title, purpose, cost, options }: ModelFamily): string {
  const flags = Object.entries(options).map(([key, option]) => describeFlag(key, option));
  return [
    `${name.padEnd(INDENT)}${title}`,
    ...[`for: ${purpose}`, `cost: ${cost}`, `options: ${flags.join(" ")}`].flatMap(wrap),
  ].join("\n");
}

const INDENT = 13;

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/ (?!<)/u)) {
    const last = lines.at(-1);
    if (last === undefined || INDENT + last.length + word.length >= LINE) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line) => `${" ".repeat(INDENT)}${line}`);
}

/** A row, and for words another one with what they may be. */
function describeInRows([key, option]: readonly [string, Option]): string[][] {
  const row = [describeFlag(key, option), describeDefault(option), option.help];
  return option.kind === "choice" ? [row, ["", "", describeAllowed(option)]] : [row];
}

function describeDefault(option: Option): string {
  if (option.default === undefined) return "by the data";
  if (option.kind === "flag") return "off";
  return String(option.default);
}

/** The same for programs. */
function describe({ name, title, purpose, cost, source, training, options }: ModelFamily): object {
  const described = Object.entries(options).map(([key, option]) => ({
    name: key,
    flag: describeFlag(key, option),
    default: option.default ?? null,
    allowed: describeAllowed(option),
    help: option.help,
  }));
  return { name, title, purpose, cost, source, training, options: described };
}

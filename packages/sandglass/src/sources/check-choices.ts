/** Whether choices are some: the command line's parsers see to it, and whoever writes code has no compiler at times. */
import { nearestName } from "../data/nearest-name.ts";
import { UserError } from "../errors.ts";
import { COLORS, DECIMALS, FITS, HALVES, SCALINGS, SPLIT_RULES } from "./choice-values.ts";
import type { ChoiceName, DataChoices, TrainingRequest, UseRequest } from "./source-kind.ts";

interface Rule {
  readonly expected: string;
  fits(value: unknown): boolean;
}

const count: Rule = {
  expected: "a whole number from 1 on",
  fits: (value) => Number.isSafeInteger(value) && at(value) >= 1,
};
const share: Rule = { expected: "a share from 0 to 1", fits: (value) => at(value) >= 0 && at(value) <= 1 };
const text: Rule = { expected: "a text", fits: isText };
const seed: Rule = {
  expected: "a whole number from 0 on",
  fits: (value) => Number.isSafeInteger(value) && at(value) >= 0,
};

const RULES: Readonly<Record<ChoiceName, Rule>> = {
  count,
  split: oneOf(SPLIT_RULES),
  group: text,
  size: { expected: '64, or height and width as in "64x96"', fits: (value) => isText(value) || count.fits(value) },
  color: oneOf(COLORS),
  fit: oneOf(FITS),
  patches: count,
  target: text,
  maxPixels: count,
  unreadable: share,
  label: text,
  ignore: {
    expected: 'names of columns, such as ["id", "remarks"]',
    fits: (value) => isList(value) && value.every(isText),
  },
  types: {
    expected: 'words by the names of columns, such as { zip: "category" }',
    fits: (value) => isRecord(value) && Object.values(value).every(isText),
  },
  scaling: oneOf(SCALINGS),
  delimiter: {
    expected: 'what stands between cells, such as ";" or "tab"',
    fits: (value) => isText(value) && value !== "",
  },
  header: { expected: "true or false", fits: (value) => typeof value === "boolean" },
  encoding: { expected: 'a name such as "utf-8", "windows-1252" or "shift_jis"', fits: isEncoding },
  decimal: oneOf(DECIMALS),
};

/**
 * Makes sure that choices are known, and can be.
 *
 * @throws UserError when there is no choice of a name, or it cannot be what came.
 */
export function checkChoiceValues(choices: DataChoices): void {
  const known = Object.keys(RULES);
  for (const [name, value] of Object.entries(choices)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(RULES, name)) throw unknown(name, known);
    checkValue(`the choice "${name}"`, value, RULES[name as ChoiceName]);
  }
}

/** @throws UserError when what is asked for beside choices cannot be. */
export function checkTrainingRequest({ choices, seed: given, validation }: TrainingRequest): void {
  checkValue("choices", choices, { expected: 'an object such as { size: "64" }', fits: isRecord });
  checkValue("seed", given, seed);
  if (validation === undefined) return;
  checkValue("validation", validation, {
    expected: 'a share below 1, a whole number of samples, "validation" or "test"',
    fits: (value) =>
      value === "validation" || value === "test" || (at(value) >= 0 && (at(value) < 1 || Number.isSafeInteger(value))),
  });
}

/** @throws UserError when what is asked for beside choices cannot be. */
export function checkUseRequest({ half, seed: given }: UseRequest): void {
  checkValue("half", half, oneOf(HALVES));
  checkValue("seed", given, seed);
}

/** How a choice is called on the command line: `--max-pixels`. */
export function optionOf(choice: ChoiceName): string {
  return `--${choice.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}

function checkValue(what: string, value: unknown, { expected, fits }: Rule): void {
  if (fits(value)) return;
  throw new UserError(`${what} must be ${expected}; ${JSON.stringify(value) ?? String(value)} came`, { exitCode: 2 });
}

function unknown(name: string, known: readonly string[]): UserError {
  const meant = nearestName(name, known);
  const hint = meant === undefined ? "" : `; did you mean "${meant}"?`;
  return new UserError(`there is no choice "${name}"${hint}\nKnown choices: ${known.join(", ")}`, { exitCode: 2 });
}

function oneOf(names: readonly string[]): Rule {
  return {
    expected: `one of ${names.map((name) => `"${name}"`).join(", ")}`,
    fits: (value) => isText(value) && names.includes(value),
  };
}

/** A number, or NaN, with which no comparison holds. */
function at(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEncoding(value: unknown): boolean {
  if (!isText(value)) return false;
  try {
    return new TextDecoder(value).encoding !== "";
  } catch {
    return false;
  }
}

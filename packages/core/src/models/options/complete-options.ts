import { describeUnknown } from "../../nn/nearest-name.ts";
import type { Option, OptionTable, OptionValue, OptionValues } from "./option.ts";

/**
 * The options that a user gave, checked, with defaults for the others.
 *
 * @param family is named in errors.
 * @throws RangeError when an option is unknown, or a value is not what it may be.
 */
export function completeOptions<Table extends OptionTable>(
  family: string,
  table: Table,
  given: Readonly<Record<string, OptionValue | undefined>>,
): OptionValues<Table> {
  for (const [name, value] of Object.entries(given)) {
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    if (option === undefined) {
      throw new RangeError(`the model "${family}" has no option ${describeUnknown(name, Object.keys(table))}`);
    }
    if (value !== undefined) checkValue(family, name, option, value);
  }
  const values = Object.entries(table).map(([name, option]) => [name, given[name] ?? option.default] as const);
  return Object.fromEntries(values) as OptionValues<Table>;
}

function checkValue(family: string, name: string, option: Option, value: OptionValue): void {
  if (isAllowed(option, value)) return;
  // JSON has no NaN and no infinity.
  const came = typeof value === "number" ? String(value) : JSON.stringify(value);
  throw new RangeError(`${name} of the model "${family}" must be ${describeAllowed(option)}; ${came} came`);
}

/** What holds for the options of a kind. */
interface Rule<Kind extends Option["kind"]> {
  isAllowed(option: Extract<Option, { readonly kind: Kind }>, value: OptionValue): boolean;
  describe(option: Extract<Option, { readonly kind: Kind }>): string;
}

const RULES: { readonly [Kind in Option["kind"]]: Rule<Kind> } = {
  number: {
    isAllowed: ({ whole, min, max }, value) =>
      typeof value === "number" &&
      Number.isFinite(value) &&
      (!whole || Number.isInteger(value)) &&
      value >= min &&
      value <= max,
    describe: ({ whole, min, max }) => `a ${whole ? "whole " : ""}number${describeRange(min, max)}`,
  },
  sizes: {
    isAllowed: (_, value) =>
      Array.isArray(value) && value.length > 0 && value.every((size) => Number.isInteger(size) && size > 0),
    describe: () => "whole numbers from 1 on",
  },
  choice: {
    isAllowed: ({ choices }, value) => typeof value === "string" && choices.includes(value),
    describe: ({ choices }) => `one of ${choices.join(", ")}`,
  },
  flag: {
    isAllowed: (_, value) => typeof value === "boolean",
    describe: () => "true or false",
  },
};

function ruleOf(option: Option): Rule<Option["kind"]> {
  // The table's type says that each kind has the rule of its own options.
  return RULES[option.kind] as Rule<Option["kind"]>;
}

function isAllowed(option: Option, value: OptionValue): boolean {
  return ruleOf(option).isAllowed(option, value);
}

/** What an option may be, in words: `a whole number from 1 on`. */
export function describeAllowed(option: Option): string {
  return ruleOf(option).describe(option);
}

function describeRange(min: number, max: number): string {
  const hasMax = max < Number.MAX_SAFE_INTEGER;
  if (Number.isFinite(min) && hasMax) return ` from ${min} to ${max}`;
  if (Number.isFinite(min)) return ` from ${min} on`;
  return hasMax ? ` up to ${max}` : "";
}

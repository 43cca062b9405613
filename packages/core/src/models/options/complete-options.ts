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

function isAllowed(option: Option, value: OptionValue): boolean {
  switch (option.kind) {
    case "number":
      if (typeof value !== "number" || !Number.isFinite(value)) return false;
      if (option.whole && !Number.isInteger(value)) return false;
      return value >= option.min && value <= option.max;
    case "sizes":
      return Array.isArray(value) && value.length > 0 && value.every((size) => Number.isInteger(size) && size > 0);
    case "choice":
      return typeof value === "string" && option.choices.includes(value);
    case "flag":
      return typeof value === "boolean";
  }
}

/** What an option may be, in words: `a whole number from 1 on`. */
export function describeAllowed(option: Option): string {
  switch (option.kind) {
    case "number":
      return `a ${option.whole ? "whole " : ""}number${describeRange(option.min, option.max)}`;
    case "sizes":
      return "whole numbers from 1 on";
    case "choice":
      return `one of ${option.choices.join(", ")}`;
    case "flag":
      return "true or false";
  }
}

function describeRange(min: number, max: number): string {
  const hasMax = max < Number.MAX_SAFE_INTEGER;
  if (Number.isFinite(min) && hasMax) return ` from ${min} to ${max}`;
  if (Number.isFinite(min)) return ` from ${min} on`;
  return hasMax ? ` up to ${max}` : "";
}

/** From the text of an option to its value. What does not fit is wrong usage: exit code 2. */
import { InvalidArgumentError } from "commander";
import { nearestName } from "../data/nearest-name.ts";

type Parser<Value> = (text: string) => Value;

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): Parser<number> {
  return (text) => {
    const value = toNumber(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`Expected a whole number ${range}.`);
  };
}

/** A number above 0. */
export function positiveNumber(text: string): number {
  const value = toNumber(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Expected a number above 0.");
}

/** A share of something. */
export function share(text: string): number {
  const value = toNumber(text);
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError("Expected a share from 0 to 1, such as 0.2.");
}

/** Whether something is so. */
export function yesOrNo(text: string): boolean {
  if (text === "yes" || text === "no") return text === "yes";
  throw new InvalidArgumentError("Expected yes or no.");
}

/** How much to hold back for validation: a number of samples, or a share of them; 0 for none. Or the set's own part. */
export function validationPart(text: string): number | "validation" | "test" {
  if (text === "test" || text === "validation") return text;
  const value = toNumber(text);
  if (value >= 0 && (value < 1 || Number.isInteger(value)) && Number.isFinite(value)) return value;
  throw new InvalidArgumentError(
    "Expected a share below 1, such as 0.1, a whole number of samples, such as 5000, or the words validation or test.",
  );
}

/** One of some names; for another one, the nearest is suggested. */
export function oneOf<const Name extends string>(names: readonly Name[]): Parser<Name> {
  return (text) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    const meant = nearestName(text, names);
    const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`;
    throw new InvalidArgumentError(`Known: ${names.join(", ")}.${hint}`);
  };
}

/** An empty text is no number, though JavaScript takes it for 0. */
function toNumber(text: string): number {
  return text.trim() === "" ? NaN : Number(text);
}

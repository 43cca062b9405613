/** Numbers as Python prints them, so that what is printed and logged here reads like Keras's. */

/** Digits beyond the wanted ones: a double that looks like a tie over so many more is one. */
const MORE_DIGITS = 25;
const MOST_DIGITS = 100;
/** From here on JavaScript's `toFixed` falls back to exponents. */
const LARGE = 1e21;

/** Python's `f"{value:.2f}"`. Ties go to the even digit, not up as with `toFixed`. */
export function formatFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  if (Math.abs(value) >= LARGE) return `${BigInt(value)}${digits > 0 ? `.${"0".repeat(digits)}` : ""}`;
  const exact = value.toFixed(Math.min(MOST_DIGITS, digits + MORE_DIGITS));
  return evenBelow(exact, digits) ?? value.toFixed(digits);
}

/** Python's `f"{value:.2e}"`. */
export function formatExponential(value: number, digits: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const [exact, power] = mantissaAndExponent(value, MOST_DIGITS);
  const even = evenBelow(exact, digits);
  return withExponent(...(even === undefined ? mantissaAndExponent(value, digits) : ([even, power] as const)));
}

/** Python's `repr(value)` of a float: the shortest digits that give the same number, `1.0`, `1e-05`. */
export function reprFloat(value: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const magnitude = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    return sign + withExponent(...mantissaAndExponent(magnitude, undefined));
  }
  const text = String(magnitude);
  return `${sign}${text}${text.includes(".") ? "" : ".0"}`;
}

/** The digits cut off after so many, if what follows is exactly half a unit of the last and that is even. */
function evenBelow(exact: string, digits: number): string | undefined {
  const [whole, fraction = ""] = exact.split(".") as [string, string?];
  if (!/^50*$/u.test(fraction.slice(digits))) return undefined;
  const below = digits === 0 ? whole : `${whole}.${fraction.slice(0, digits)}`;
  return Number(below.at(-1)) % 2 === 0 ? below : undefined;
}

function mantissaAndExponent(value: number, digits: number | undefined): readonly [string, string] {
  return value.toExponential(digits).split("e") as [string, string];
}

/** Python writes at least two digits of an exponent. */
function withExponent(mantissa: string, exponent: string): string {
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

function nonFinite(value: number): string {
  if (Number.isNaN(value)) return "nan";
  return value > 0 ? "inf" : "-inf";
}

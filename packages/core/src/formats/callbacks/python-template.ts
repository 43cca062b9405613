/** Texts with placeholders such as `{epoch:02d}`, filled as Python's `str.format` fills them. */
import { formatExponential, formatFixed, reprFloat } from "../../nn/callbacks/python-number.ts";

/** A number with its Python type, on which its format depends. */
export type PythonNumber = { readonly int: number } | { readonly float: number };

/** Format Specification Mini-Language, docs.python.org/3/library/string.html#formatspec, as far as numbers go. */
const SPEC =
  /^(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<zero>0)?(?<width>\d+)?(?:\.(?<precision>\d+))?(?<type>[a-zA-Z%])?$/u;

/**
 * Fills the placeholders.
 *
 * @throws RangeError when a name is unknown or a format is none of numbers; it lists what is known.
 */
export function formatTemplate(template: string, values: Readonly<Record<string, PythonNumber>>): string {
  return template.replaceAll(/\{\{|\}\}|\{(?<name>[^{}:]*)(?::(?<spec>[^{}]*))?\}|[{}]/gu, (found, ...rest) => {
    if (found === "{{" || found === "}}") return found.charAt(0);
    const { name, spec = "" } = rest.at(-1) as { readonly name?: string; readonly spec?: string };
    if (name === undefined) throw new RangeError(`a brace of "${template}" has no partner; write {{ or }} for a brace`);
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) {
      const known = Object.keys(values).join(", ");
      throw new RangeError(`"${template}" asks for {${name}}, which is not known; known are ${known}`);
    }
    return formatNumber(value, spec);
  });
}

/** Python's `format(value, spec)`. */
export function formatNumber(value: PythonNumber, spec: string): string {
  const groups = SPEC.exec(spec)?.groups;
  if (groups === undefined) throw badSpec(spec);
  const { sign = "-", zero, width = "0", precision, type } = groups;
  const { fill = zero ?? " ", align = zero === undefined ? ">" : "=" } = groups;
  const number = "int" in value ? value.int : value.float;
  const digits = digitsOf(value, type, precision === undefined ? undefined : Number(precision), spec);
  const prefix = number < 0 || Object.is(number, -0) ? "-" : sign === "-" ? "" : sign;
  const missing = Math.max(0, Number(width) - prefix.length - digits.length);
  const left = { "<": 0, ">": missing, "=": missing, "^": Math.floor(missing / 2) }[align] as number;
  const [before, after] = [fill.repeat(left), fill.repeat(missing - left)];
  return align === "=" ? prefix + before + digits : before + prefix + digits + after;
}

/** The number without its sign. */
function digitsOf(value: PythonNumber, type: string | undefined, precision: number | undefined, spec: string): string {
  const isInt = "int" in value;
  const magnitude = Math.abs(isInt ? value.int : value.float);
  if (type === "d" || (type === undefined && isInt)) {
    if (!isInt || precision !== undefined) throw badSpec(spec, isInt ? "a whole number" : "a fraction");
    return String(magnitude);
  }
  if (type === undefined) return precision === undefined ? reprFloat(magnitude) : general(magnitude, precision, 0);
  const format = FORMATS[type.toLowerCase()];
  if (format === undefined) throw badSpec(spec);
  const text = format(magnitude, precision ?? 6);
  return type === type.toUpperCase() ? text.toUpperCase() : text;
}

const FORMATS: Readonly<Record<string, (magnitude: number, precision: number) => string>> = {
  f: formatFixed,
  e: formatExponential,
  g: (magnitude, precision) => general(magnitude, precision, 1),
  "%": (magnitude, precision) => `${formatFixed(magnitude * 100, precision)}%`,
};

/**
 * Significant digits without zeros at the end: fixed where the exponent is from −4 to below their number, less
 * `fewer` where a whole number must keep a digit after the point.
 */
function general(magnitude: number, precision: number, fewer: 0 | 1): string {
  if (!Number.isFinite(magnitude)) return formatFixed(magnitude, 0);
  const significant = Math.max(1, precision);
  const [mantissa, power] = formatExponential(magnitude, significant - 1).split("e") as [string, string];
  const exponent = Number(power);
  const limit = fewer === 0 ? significant - 1 : significant;
  const withoutZeros = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/u, "") : text);
  if (exponent < -4 || exponent >= limit) return `${withoutZeros(mantissa)}e${power}`;
  const text = withoutZeros(formatFixed(magnitude, significant - 1 - exponent));
  return fewer === 0 && !text.includes(".") ? `${text}.0` : text;
}

function badSpec(spec: string, what = "a number"): RangeError {
  return new RangeError(
    `"${spec}" is no format of ${what}; use such as {epoch:02d} for epoch and batch, {loss:.4f} for figures`,
  );
}

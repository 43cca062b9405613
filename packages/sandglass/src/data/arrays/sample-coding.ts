/** What was decided of the numbers and labels of some arrays, so that others can be read in the same way. */
import type { NpyNumbers } from "@sandglass/core";
import { UserError } from "../../errors.ts";
import type { Classes, LabelValue } from "./class-labels.ts";
import { valueScale, type ValueScale } from "./value-scale.ts";

const NUMBER_KINDS = ["bool", "float", "integer", "uint16"] as const;

/** Types of numbers that mean the same: 200 is as bright in bytes as in 64 bits, but not in floats, or where pixels have 16 bits. */
export type NumberKind = (typeof NUMBER_KINDS)[number];

/** Plain JSON. */
export interface SampleCoding {
  readonly numbers: NumberKind;
  /** What a number is multiplied by. */
  readonly scale: number;
  /** Of samples with labels. */
  readonly classes?: Classes;
}

export function numberKind(dtype: NpyNumbers["dtype"]): NumberKind {
  if (dtype.startsWith("float")) return "float";
  return dtype === "bool" || dtype === "uint16" ? dtype : "integer";
}

/** The scale that numbers of a kind have already, unless these are of another kind, and say themselves what they are. */
export function codedScale(samples: NpyNumbers, isImages: boolean, { numbers, scale }: SampleCoding): ValueScale {
  const own = valueScale(samples, isImages);
  if (own.scale === scale || numberKind(samples.dtype) !== numbers) return own;
  const what = scale === 1 ? "are taken as they are" : `count 1/${Math.round(1 / scale)} each`;
  return { dtype: own.dtype, scale, note: `the values ${what}, as those that the run was trained on` };
}

/**
 * What was decided, from JSON.
 *
 * @throws UserError when it is something else.
 */
export function parseSampleCoding(value: unknown): SampleCoding {
  if (typeof value === "object" && value !== null) {
    const { numbers, scale, classes } = value as Partial<Record<keyof SampleCoding, unknown>>;
    const kind = NUMBER_KINDS.find((one) => one === numbers);
    const isScale = typeof scale === "number" && scale > 0 && scale <= 1;
    if (kind !== undefined && isScale && (classes === undefined || areClasses(classes))) {
      return { numbers: kind, scale, ...(classes !== undefined && { classes }) };
    }
  }
  throw new UserError(
    `${JSON.stringify(value)} came as what numbers and labels of arrays mean; expected a kind of numbers ` +
      `(${NUMBER_KINDS.join(", ")}), their scale, and classes; the run is damaged`,
  );
}

function areClasses(value: unknown): value is Classes {
  if (typeof value === "number") return Number.isInteger(value) && value >= 1;
  return Array.isArray(value) && new Set(value).size === value.length && value.every(isLabel);
}

function isLabel(value: unknown): value is LabelValue {
  return typeof value === "number" || typeof value === "string";
}

import { tables } from "@sandglass/core";
import type { Notation, Reading, Readings } from "./reading.ts";

const NOTATIONS: readonly Notation[] = ["plain", "thousands", "decimalComma"];
const NAMED_FORMATS = ["iso", "time", "compact"] as const;

/**
 * How columns are read, from JSON.
 *
 * @throws TableError when it is something else.
 */
export function parseReadings(value: unknown): Readings {
  if (!isRecord(value))
    throw new tables.TableError(`${show(value)} came as the readings of columns; expected an object`);
  return Object.fromEntries(Object.entries(value).map(([name, reading]) => [name, parseReading(name, reading)]));
}

function parseReading(name: string, value: unknown): Reading {
  if (isRecord(value)) {
    const { type, notation, prefix, suffix, format, dayFirst } = value;
    if (type === "text") return { type };
    const known = NOTATIONS.find((one) => one === notation);
    if (type === "number" && known !== undefined && typeof prefix === "string" && typeof suffix === "string") {
      return { type, notation: known, prefix, suffix };
    }
    const isOrder = dayFirst === undefined || typeof dayFirst === "boolean";
    const formats = NAMED_FORMATS.find((one) => one === format) ?? textsOf(format);
    if (type === "date" && formats !== undefined && isOrder) {
      return { type, format: formats, ...(dayFirst !== undefined && { dayFirst }) };
    }
  }
  throw new tables.TableError(
    `column "${name}" is to be read as ${show(value)}; expected how a number, a date or a text is written; the run is damaged`,
  );
}

function textsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const texts = value.filter((one) => typeof one === "string");
  return texts.length === value.length ? texts : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}

/** Values of small results as they are needed. */
import type { JS } from "@duckdb/node-api";

/** A number, NaN where the result has none. */
export function asNumber(value: JS | undefined): number {
  if (typeof value === "number") return value;
  return typeof value === "bigint" ? Number(value) : NaN;
}

/** A text, empty where the result has none. */
export function asText(value: JS | undefined): string {
  return typeof value === "string" ? value : "";
}

/** A list of numbers, NaN where the result has none. */
export function asNumbers(value: JS | undefined): readonly number[] {
  return Array.isArray(value) ? value.map(asNumber) : [];
}

/** Takes values out of JSON that is not trusted, and says what stands there when it is something else. */
import type { JsonValue, KerasConfig } from "../../nn/keras-object.ts";
import { KerasFileError } from "./keras-file-error.ts";

/** @throws KerasFileError when the value is no string. */
export function stringOf(value: JsonValue | undefined, what: string): string {
  if (typeof value === "string") return value;
  throw unexpected(what, "a string", value);
}

/** @throws KerasFileError when the value is no whole number from 0 on. */
export function indexOf(value: JsonValue | undefined, what: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw unexpected(what, "a whole number from 0 on", value);
}

/** @throws KerasFileError when the value is no list. */
export function arrayOf(value: JsonValue | undefined, what: string): readonly JsonValue[] {
  if (isList(value)) return value;
  throw unexpected(what, "a list", value);
}

/** @throws KerasFileError when the value is no object. */
export function configOf(value: JsonValue | undefined, what: string): KerasConfig {
  if (isConfig(value)) return value;
  throw unexpected(what, "an object", value);
}

/** The value read by `read`; undefined where there is none, or null. */
export function optional<Result>(value: JsonValue | undefined, read: (value: JsonValue) => Result): Result | undefined {
  return value === undefined || value === null ? undefined : read(value);
}

/** An error that says what was expected and what stands there. */
export function unexpected(what: string, expected: string, value: JsonValue | undefined): KerasFileError {
  const came = value === undefined ? "nothing" : JSON.stringify(value);
  const shortened = came.length > 80 ? `${came.slice(0, 80)}…` : came;
  return new KerasFileError(`${what} must be ${expected} in config.json; it is ${shortened}`);
}

/** Whether a value is a list: `Array.isArray` does not narrow readonly arrays. */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Whether a value is an object with keys. */
export function isConfig(value: JsonValue | undefined): value is KerasConfig {
  return typeof value === "object" && value !== null && !isList(value);
}

import { TableError } from "./table-error.ts";

/** Reads an object of a file that nobody vouches for: every value is checked, and errors say where it stands. */
export class JsonRecord {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #path: string;

  constructor(value: unknown, path: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw damaged(path, "an object", value);
    this.#value = value as Readonly<Record<string, unknown>>;
    this.#path = path;
  }

  text(key: string): string {
    return this.#checked(key, isText, "a text");
  }

  flag(key: string): boolean {
    return this.#checked(key, isFlag, "true or false");
  }

  /** A finite number. */
  number(key: string): number {
    return this.#checked(key, isNumber, "a number");
  }

  /** A finite number above 0. */
  positive(key: string): number {
    return this.#checked(key, isPositive, "a number above 0");
  }

  choice<T extends string>(key: string, choices: readonly T[]): T {
    const isChoice = (value: unknown): value is T => choices.some((choice) => choice === value);
    return this.#checked(key, isChoice, `one of ${choices.join(", ")}`);
  }

  /** The value as it stands. */
  value(key: string): unknown {
    return Object.hasOwn(this.#value, key) ? this.#value[key] : undefined;
  }

  list<T>(key: string, read: (value: unknown, path: string) => T): readonly T[] {
    return this.#checked(key, isList, "a list").map((value, index) => read(value, `${this.#path}.${key}[${index}]`));
  }

  #checked<T>(key: string, isRight: (value: unknown) => value is T, expected: string): T {
    const value = this.value(key);
    if (!isRight(value)) throw damaged(`${this.#path}.${key}`, expected, value);
    return value;
  }
}

const isText = (value: unknown): value is string => typeof value === "string";
const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isPositive = (value: unknown): value is number => isNumber(value) && value > 0;
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** @throws TableError unless the value is a text. */
export function readText(value: unknown, path: string): string {
  if (!isText(value)) throw damaged(path, "a text", value);
  return value;
}

/** An error about a value of the file. */
export function damaged(path: string, expected: string, value: unknown): TableError {
  const came = value === undefined ? "nothing" : (JSON.stringify(value) ?? typeof value).slice(0, 60);
  return new TableError(`the saved preprocessing is damaged: ${path} must be ${expected}, and ${came} came`);
}

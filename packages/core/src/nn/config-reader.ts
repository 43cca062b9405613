/** Reads the configuration of a Keras object (a layer, a loss, an optimizer, …), and turns it into options of our own. */
import { getActivation } from "./activations/registry.ts";
import type { Activation } from "./activations/registry.ts";
import type { Initializer } from "./initializers/initializer.ts";
import { initializerFromConfig } from "./initializers/registry.ts";
import type { JsonValue, KerasConfig } from "./keras-object.ts";
import type { LayerOptions } from "./layers/layer.ts";

export class ConfigReader {
  readonly className: string;
  readonly #config: KerasConfig;

  constructor(className: string, config: KerasConfig) {
    this.className = className;
    this.#config = config;
  }

  /** Name and trainability, which every layer has. */
  layerOptions(): LayerOptions {
    const name = this.#config["name"];
    return { ...(typeof name === "string" ? { name } : {}), trainable: this.boolean("trainable", true) };
  }

  number(key: string): number {
    return this.#typed(key, this.#config[key], isNumber, "a number");
  }

  /** Undefined where Keras wrote null or nothing. */
  optionalNumber(key: string): number | undefined {
    const value = this.#config[key] ?? null;
    return value === null ? undefined : this.#typed(key, value, isNumber, "a number");
  }

  boolean(key: string, fallback: boolean): boolean {
    return this.#typed(key, this.#config[key] ?? fallback, isBoolean, "true or false");
  }

  string(key: string, fallback: string): string {
    return this.#typed(key, this.#config[key] ?? fallback, isString, "a text");
  }

  /** Whether the value is a list. */
  isList(key: string): boolean {
    return Array.isArray(this.#config[key]);
  }

  /** Whether the value is an object. */
  isObject(key: string): boolean {
    return isObject(this.#config[key]);
  }

  /** The configuration of an object within this one; undefined where Keras wrote null or nothing. */
  nested(key: string): ConfigReader | undefined {
    const value = this.#config[key] ?? null;
    if (value === null) return undefined;
    if (typeof value === "string") return new ConfigReader(value, {});
    const { class_name: className, config } = this.#typed(key, value, isObject, "an object with its class");
    if (typeof className !== "string") throw this.#error(key, "an object with its class", value);
    return new ConfigReader(className, isObject(config) ? config : {});
  }

  /** The value as it stands; null where there is none. */
  value(key: string): JsonValue {
    return this.#config[key] ?? null;
  }

  /** A number, which Keras may write as a list of one. */
  single(key: string): number {
    const value = this.#config[key];
    const only: Maybe = Array.isArray(value) && value.length === 1 ? (value[0] as JsonValue) : value;
    return this.#typed(key, only, isNumber, "a number");
  }

  numbers(key: string): readonly number[] {
    return this.#typed(key, this.#config[key], isNumbers, "a list of numbers");
  }

  pair(key: string): readonly [number, number] {
    return this.#typed(key, this.#config[key], isPair, "two numbers");
  }

  /** A shape without its batch axis, which Keras writes as null. */
  sampleShape(key: string): readonly number[] {
    const value = this.#config[key];
    const shape: Maybe = Array.isArray(value) ? (value.slice(1) as readonly JsonValue[]) : value;
    return this.#typed(key, shape, isNumbers, "a batch axis and sizes that are known");
  }

  activation(key = "activation"): Activation {
    const value = this.#config[key] ?? "linear";
    return getActivation(this.#typed(key, value, isString, "the name of an activation"));
  }

  initializer(key: string): Initializer {
    const nested = this.nested(key);
    if (nested === undefined) throw this.#error(key, "an initializer", null);
    return initializerFromConfig(nested.className, nested.#config);
  }

  /** @throws RangeError unless these settings are absent, null or what they are given as: there is nothing else so far. */
  requireOnly(settings: KerasConfig): void {
    for (const [key, only] of Object.entries(settings)) {
      const value = this.#config[key] ?? null;
      if (value !== null && JSON.stringify(value) !== JSON.stringify(only))
        throw this.#error(key, JSON.stringify(only), value);
    }
  }

  #typed<T extends JsonValue>(
    key: string,
    value: JsonValue | undefined,
    is: (value: JsonValue | undefined) => value is T,
    expected: string,
  ): T {
    if (is(value)) return value;
    throw this.#error(key, expected, value);
  }

  #error(key: string, expected: string, value: JsonValue | undefined): RangeError {
    const { name } = this.#config;
    const layer = typeof name === "string" ? `layer "${name}" (${this.className})` : this.className;
    return new RangeError(`"${key}" of ${layer} must be ${expected}; ${JSON.stringify(value)} came`);
  }
}

type Maybe = JsonValue | undefined;
const isNumber = (value: Maybe): value is number => typeof value === "number";
const isBoolean = (value: Maybe): value is boolean => typeof value === "boolean";
const isString = (value: Maybe): value is string => typeof value === "string";
const isNumbers = (value: Maybe): value is readonly number[] => Array.isArray(value) && value.every(isNumber);
const isPair = (value: Maybe): value is readonly [number, number] => isNumbers(value) && value.length === 2;
const isObject = (value: Maybe): value is KerasConfig =>
  typeof value === "object" && value !== null && !Array.isArray(value);

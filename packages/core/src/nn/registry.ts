/** Objects of one kind by their Keras names: as options give them, and as model files hold them. */
import { ConfigReader } from "./config-reader.ts";
import type { KerasConfig, KerasObject } from "./keras-object.ts";
import { kerasObject } from "./keras-object.ts";
import { toSnakeCase } from "./names.ts";
import { describeUnknown } from "./nearest-name.ts";

/** What every object that Keras writes into a file can say of itself. */
export interface Configured {
  readonly className: string;
  readonly config: KerasConfig;
}

export class Registry<T extends Configured> {
  readonly #kind: string;
  readonly #module: string;
  readonly #makers: ReadonlyMap<string, (config: ConfigReader) => T>;
  readonly #names: readonly string[];

  /**
   * @param kind what the objects are, in errors: `loss`.
   * @param module Keras's module: `keras.losses`.
   * @param makers how an object is made of its configuration, by Keras's class names and by short names.
   */
  constructor(kind: string, module: string, makers: Readonly<Record<string, (config: ConfigReader) => T>>) {
    this.#kind = kind;
    this.#module = module;
    this.#names = Object.keys(makers).map(toSnakeCase);
    this.#makers = new Map(Object.entries(makers).map(([name, make]) => [comparable(name), make]));
  }

  /** The names as Keras's functions bear them: `mean_squared_error`. */
  get names(): readonly string[] {
    return this.#names;
  }

  has(name: string): boolean {
    return this.#makers.has(comparable(name));
  }

  /**
   * The object that an option gives: itself, or by the name of its class or a short one in any spelling:
   * `MeanSquaredError`, `mean_squared_error`, `mse`.
   *
   * @throws RangeError when there is none of that name; it suggests the nearest.
   */
  get(like: T | string): T {
    return typeof like === "string" ? this.fromConfig(new ConfigReader(like, {})) : like;
  }

  /** The object under a key of another one's configuration; undefined where Keras wrote null or nothing. */
  read(config: ConfigReader, key: string): T | undefined {
    const nested = config.nested(key);
    return nested && this.fromConfig(nested);
  }

  /**
   * The object that Keras wrote into a model file.
   *
   * @throws RangeError when there is none of that name; it suggests the nearest.
   */
  fromConfig(config: ConfigReader): T {
    const make = this.#makers.get(comparable(config.className));
    if (make !== undefined) return make(config);
    throw new RangeError(`unknown ${this.#kind} ${describeUnknown(config.className, this.#names)}`);
  }

  /** The object as Keras writes it into a file; null for none. */
  toKeras(object: T | undefined): KerasObject | null {
    return object === undefined ? null : kerasObject(this.#module, object.className, object.config);
  }
}

/** Keras spells one name in many ways: `l1_l2`, `L1L2`, `l1l2`. */
function comparable(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

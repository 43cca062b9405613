/** Optimizers and losses, from how Keras writes them to our own. */
import { ConfigReader } from "../../nn/config-reader.ts";
import type { KerasConfig } from "../../nn/keras-object.ts";
import { binaryCrossentropy, categoricalCrossentropy } from "../../nn/losses/index.ts";
import type { Loss } from "../../nn/losses/index.ts";
import { getLoss } from "../../nn/losses/registry.ts";
import type { Optimizer } from "../../nn/optimizers/index.ts";
import { optimizers } from "../../nn/optimizers/registry.ts";
import type { CompileDescription, ObjectDescription } from "./compile-config.ts";
import { unexpected } from "./json-reading.ts";
import { KerasFileError } from "./keras-file-error.ts";

/**
 * The optimizer of a file.
 *
 * @throws KerasFileError when its class is unknown or a setting out of range.
 */
export function optimizerFromConfig({ className, config }: ObjectDescription): Optimizer {
  try {
    return optimizers.fromConfig(new ConfigReader(className, config));
  } catch (error) {
    if (error instanceof RangeError) throw new KerasFileError(error.message, { cause: error });
    throw error;
  }
}

/**
 * The loss of a file.
 *
 * @throws KerasFileError when there is none of that name.
 */
export function lossFromConfig(loss: CompileDescription["loss"]): Loss {
  const { className, config } = typeof loss === "string" ? { className: loss, config: {} } : loss;
  const settings = new Settings(className, config);
  const options = { fromLogits: settings.flag("from_logits"), labelSmoothing: settings.number("label_smoothing", 0) };
  if (className === "BinaryCrossentropy") return binaryCrossentropy(options);
  if (className === "CategoricalCrossentropy") return categoricalCrossentropy(options);
  try {
    return getLoss(className);
  } catch (error) {
    if (error instanceof RangeError) throw new KerasFileError(error.message, { cause: error });
    throw error;
  }
}

/** Reads the settings of one object. */
class Settings {
  readonly #what: string;
  readonly #config: KerasConfig;

  constructor(className: string, config: KerasConfig) {
    this.#what = className;
    this.#config = config;
  }

  number(key: string, fallback?: number): number {
    const value = this.#config[key] ?? fallback;
    if (typeof value === "number") return value;
    throw unexpected(`${key} of ${this.#what}`, "a number", value);
  }

  flag(key: string): boolean {
    const value = this.#config[key] ?? false;
    if (typeof value === "boolean") return value;
    throw unexpected(`${key} of ${this.#what}`, "true or false", value);
  }
}

/** Optimizers and losses, from how Keras writes them to our own. */
import type { JsonValue, KerasConfig } from "../../nn/keras-object.ts";
import { binaryCrossentropy, categoricalCrossentropy } from "../../nn/losses/index.ts";
import type { Loss } from "../../nn/losses/index.ts";
import { getLoss } from "../../nn/losses/registry.ts";
import { describeUnknown } from "../../nn/nearest-name.ts";
import { adam, nadam, rmsprop, sgd } from "../../nn/optimizers/index.ts";
import type { Optimizer } from "../../nn/optimizers/index.ts";
import type { CompileDescription, ObjectDescription } from "./compile-config.ts";
import { unexpected } from "./json-reading.ts";
import { KerasFileError } from "./keras-file-error.ts";

/** What every Keras optimizer can do besides, where it is switched on: none here does. */
const SWITCHED_OFF: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ["weight_decay", null],
  ["clipnorm", null],
  ["global_clipnorm", null],
  ["clipvalue", null],
  ["use_ema", false],
  ["gradient_accumulation_steps", null],
]);

const OPTIMIZERS: Readonly<Record<string, (settings: Settings) => Optimizer>> = {
  SGD: (settings) =>
    sgd({ ...settings.common, momentum: settings.number("momentum", 0), nesterov: settings.flag("nesterov") }),
  RMSprop: (settings) =>
    rmsprop({
      ...settings.common,
      rho: settings.number("rho", 0.9),
      momentum: settings.number("momentum", 0),
      epsilon: settings.number("epsilon", 1e-7),
      centered: settings.flag("centered"),
    }),
  Adam: (settings) => adam({ ...settings.common, ...settings.moments, amsgrad: settings.flag("amsgrad") }),
  Nadam: (settings) => nadam({ ...settings.common, ...settings.moments }),
};

/**
 * The optimizer of a file.
 *
 * @throws KerasFileError when its class is unknown or it does what no optimizer here can.
 */
export function optimizerFromConfig({ className, config }: ObjectDescription): Optimizer {
  const make = Object.hasOwn(OPTIMIZERS, className) ? OPTIMIZERS[className] : undefined;
  if (make === undefined) {
    throw new KerasFileError(`unknown optimizer ${describeUnknown(className, Object.keys(OPTIMIZERS))}`);
  }
  for (const [key, off] of SWITCHED_OFF) {
    const value = config[key] ?? off;
    if (value === off) continue;
    throw new KerasFileError(
      `${key} of the optimizer ${className} is ${JSON.stringify(value)}; it is not available here`,
    );
  }
  return make(new Settings(className, config));
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

  get common(): { learningRate: number; name?: string } {
    const name = this.#config["name"];
    return { learningRate: this.number("learning_rate"), ...(typeof name === "string" && { name }) };
  }

  get moments(): { beta1: number; beta2: number; epsilon: number } {
    return {
      beta1: this.number("beta_1", 0.9),
      beta2: this.number("beta_2", 0.999),
      epsilon: this.number("epsilon", 1e-7),
    };
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

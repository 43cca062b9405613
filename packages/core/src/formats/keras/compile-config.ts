/**
 * How a model was compiled, in `config.json`: enough for Keras to go on training it.
 *
 * Source: `get_compile_config` and `compile_from_config` in Keras 3, `keras/src/trainers/trainer.py`.
 */
import { kerasObject } from "../../nn/keras-object.ts";
import type { JsonValue, KerasConfig } from "../../nn/keras-object.ts";
import { arrayOf, configOf, optional, stringOf } from "./json-reading.ts";

/** An optimizer or a loss by Keras's class name and configuration. */
export interface ObjectDescription {
  readonly className: string;
  readonly config: KerasConfig;
}

/** The optimizer, the loss and the metrics of a compiled model. */
export interface CompileDescription {
  readonly optimizer: ObjectDescription;
  /** A name of Keras's, such as `mse`, or an object. */
  readonly loss: string | ObjectDescription;
  /** Names of Keras's, such as `mae`. */
  readonly metrics?: readonly string[];
}

/** The value of `compile_config`. */
export function compileConfig({ optimizer, loss, metrics = [] }: CompileDescription): KerasConfig {
  return {
    optimizer: kerasObject("keras.optimizers", optimizer.className, optimizer.config),
    loss: typeof loss === "string" ? loss : kerasObject("keras.losses", loss.className, loss.config),
    loss_weights: null,
    metrics: metrics.length === 0 ? null : metrics,
    weighted_metrics: null,
    run_eagerly: false,
    steps_per_execution: 1,
    jit_compile: false,
  };
}

/**
 * How the model of a `config.json` was compiled; undefined when it was not.
 *
 * @throws KerasFileError when it is no optimizer with one loss: a loss for each output, say, or a loss of one's own.
 */
export function parseCompileConfig(config: KerasConfig): CompileDescription | undefined {
  const compiled = optional(config["compile_config"], (value) => configOf(value, "compile_config"));
  if (compiled?.["optimizer"] === undefined) return undefined;
  return {
    optimizer: objectOf(compiled["optimizer"], "the optimizer"),
    loss: lossOf(compiled["loss"]),
    metrics: optional(compiled["metrics"], metricsOf) ?? [],
  };
}

function lossOf(value: JsonValue | undefined): CompileDescription["loss"] {
  return typeof value === "string" ? value : objectOf(value, "the loss");
}

function objectOf(value: JsonValue | undefined, what: string): ObjectDescription {
  const object = configOf(value, what);
  return {
    className: stringOf(object["class_name"], `the class of ${what}`),
    config: configOf(object["config"], `the configuration of ${what}`),
  };
}

/** Metrics are written as names, and objects and nested lists are not read back: they do not change the model. */
function metricsOf(value: JsonValue): readonly string[] {
  return arrayOf(value, "the metrics").filter((metric) => typeof metric === "string");
}

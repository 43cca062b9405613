/**
 * How a model was compiled, in `config.json`: enough for Keras to go on training it.
 *
 * Source: `get_compile_config` and `compile_from_config` in Keras 3, `keras/src/trainers/trainer.py`.
 */
import { kerasObject } from "../../nn/keras-object.ts";
import type { JsonValue, KerasConfig } from "../../nn/keras-object.ts";
import { configOf, optional, stringOf } from "./json-reading.ts";

/** An object by Keras's class name and configuration. */
export interface ObjectDescription {
  readonly className: string;
  readonly config: KerasConfig;
}

/**
 * The optimizer, the losses and the metrics of a compiled model. Losses and metrics are names or objects in Keras's JSON: for the
 * only output, in a list for each output, or by the outputs' names.
 */
export interface CompileDescription {
  readonly optimizer: ObjectDescription;
  readonly loss: JsonValue;
  readonly lossWeights?: JsonValue;
  readonly metrics?: JsonValue;
  readonly weightedMetrics?: JsonValue;
}

/** The value of `compile_config`. */
export function compileConfig(compiled: CompileDescription): KerasConfig {
  const { optimizer, loss, lossWeights, metrics, weightedMetrics } = compiled;
  return {
    optimizer: kerasObject("keras.optimizers", optimizer.className, optimizer.config),
    loss,
    loss_weights: lossWeights ?? null,
    metrics: metrics ?? null,
    weighted_metrics: weightedMetrics ?? null,
    run_eagerly: false,
    steps_per_execution: 1,
    jit_compile: false,
  };
}

/**
 * How the model of a `config.json` was compiled; undefined when it was not.
 *
 * @throws KerasFileError when the optimizer is no object with its class.
 */
export function parseCompileConfig(config: KerasConfig): CompileDescription | undefined {
  const compiled = optional(config["compile_config"], (value) => configOf(value, "compile_config"));
  if (compiled?.["optimizer"] === undefined) return undefined;
  return {
    optimizer: objectOf(compiled["optimizer"], "the optimizer"),
    loss: compiled["loss"] ?? null,
    lossWeights: compiled["loss_weights"] ?? null,
    metrics: compiled["metrics"] ?? null,
    weightedMetrics: compiled["weighted_metrics"] ?? null,
  };
}

/** @throws KerasFileError when the value is no object with its class. */
export function objectOf(value: JsonValue | undefined, what: string): ObjectDescription {
  const object = configOf(value, what);
  return {
    className: stringOf(object["class_name"], `the class of ${what}`),
    config: configOf(object["config"], `the configuration of ${what}`),
  };
}

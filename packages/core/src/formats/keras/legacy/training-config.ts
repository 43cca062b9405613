/** How a model of an older file was compiled, in the form of `compile_config`. */
import type { JsonValue, KerasConfig } from "../../../nn/keras-object.ts";
import type { CompileDescription, ObjectDescription } from "../compile-config.ts";
import { objectOf } from "../compile-config.ts";
import { isConfig, isList } from "../json-reading.ts";

/** @throws KerasFileError when there is no optimizer. */
export function modernTrainingConfig(config: KerasConfig): CompileDescription {
  return modernCompiled({
    optimizer: objectOf(config["optimizer_config"], "the optimizer"),
    loss: config["loss"] ?? null,
    lossWeights: config["loss_weights"] ?? null,
    metrics: config["metrics"] ?? null,
    weightedMetrics: config["weighted_metrics"] ?? null,
  });
}

/** Optimizer, losses and metrics of Keras 2 as Keras 3 writes them. */
export function modernCompiled(compiled: CompileDescription): CompileDescription {
  const { optimizer, loss, metrics = null, weightedMetrics = null } = compiled;
  return {
    ...compiled,
    optimizer: modernOptimizer(optimizer),
    loss: modernObject(loss),
    metrics: modernObject(metrics),
    weightedMetrics: modernObject(weightedMetrics),
  };
}

/** How Keras 2 and 3 write `training_config`. */
export function trainingConfig(compiled: CompileDescription): KerasConfig {
  const { optimizer, loss, lossWeights, metrics, weightedMetrics } = compiled;
  return {
    loss: withoutModules(loss),
    loss_weights: lossWeights ?? null,
    metrics: withoutModules(metrics ?? null),
    weighted_metrics: withoutModules(weightedMetrics ?? null),
    optimizer_config: { class_name: optimizer.className, config: optimizer.config },
  };
}

/** Keras 2 had a `decay` beside every learning rate: α / (1 + decay·t), which is a schedule today; `lr` was its name once. */
function modernOptimizer({ className, config }: ObjectDescription): ObjectDescription {
  const { decay = 0, lr, ...rest } = config;
  const learningRate = rest["learning_rate"] ?? lr;
  if (learningRate === undefined) return { className, config: rest };
  if (typeof decay !== "number" || decay === 0 || typeof learningRate !== "number") {
    return { className, config: { ...rest, learning_rate: learningRate } };
  }
  const schedule = {
    class_name: "InverseTimeDecay",
    config: { initial_learning_rate: learningRate, decay_steps: 1, decay_rate: decay, staircase: false },
  };
  return { className, config: { ...rest, learning_rate: schedule } };
}

/** Losses and metrics, however deep in lists: Keras 2 wrote functions as objects around their names, and "auto" for the mean. */
function modernObject(value: JsonValue): JsonValue {
  if (isList(value)) return value.map(modernObject);
  if (!isConfig(value)) return value;
  const { class_name: className, config } = value;
  if (className === undefined) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, modernObject(each)]));
  }
  if (!isConfig(config)) return value;
  const wrapped = config["fn"];
  if ((className === "MeanMetricWrapper" || className === "LossFunctionWrapper") && typeof wrapped === "string")
    return wrapped;
  return config["reduction"] === "auto" ? { ...value, config: { ...config, reduction: "sum_over_batch_size" } } : value;
}

/** Older readers find losses and metrics by their class alone. */
function withoutModules(value: JsonValue): JsonValue {
  if (isList(value)) return value.map(withoutModules);
  if (!isConfig(value)) return value;
  const { module: _module, registered_name: _registeredName, ...rest } = value;
  return Object.fromEntries(Object.entries(rest).map(([key, each]) => [key, withoutModules(each)]));
}

/**
 * Losses, their weights and metrics of each output, as Keras writes them, and back.
 *
 * Source: `CompileLoss` and `CompileMetrics` in Keras 3, `keras/src/trainers/compile_utils.py`.
 */
import { ConfigReader } from "../../nn/config-reader.ts";
import { kerasObject } from "../../nn/keras-object.ts";
import type { JsonValue } from "../../nn/keras-object.ts";
import type { Loss } from "../../nn/losses/loss.ts";
import { reductionToKeras } from "../../nn/losses/reduction.ts";
import { losses } from "../../nn/losses/registry.ts";
import type { Metric } from "../../nn/metrics/metric.ts";
import { getMetric, metrics as metricRegistry } from "../../nn/metrics/registry.ts";
import { toSnakeCase } from "../../nn/names.ts";
import type { ObjectiveOptions, OutputObjective } from "../../nn/training/objective.ts";
import type { CompileDescription, ObjectDescription } from "./compile-config.ts";
import { objectOf } from "./compile-config.ts";
import { isConfig, isList, unexpected } from "./json-reading.ts";
import { KerasFileError } from "./keras-file-error.ts";

/** What a compiled model holds beside its optimizer. */
export type ObjectiveDescription = Omit<CompileDescription, "optimizer">;

/**
 * The objective in Keras's JSON: that of the only output, or lists in the order of the outputs. Metrics of one's own are left out:
 * no file can hold a function, and they change nothing of the model.
 *
 * @throws KerasFileError when a loss is one's own.
 */
export function describeObjective(objective: readonly OutputObjective[]): ObjectiveDescription {
  const [only] = objective;
  if (only !== undefined && objective.length === 1 && only.lossWeight === 1) {
    return {
      loss: describeLoss(only.loss),
      metrics: listOrNull(describeMetrics(only.metrics)),
      weightedMetrics: listOrNull(describeMetrics(only.weightedMetrics)),
    };
  }
  const isWeighted = objective.some(({ lossWeight }) => lossWeight !== 1);
  const perOutput = (lists: readonly JsonValue[][]): JsonValue =>
    lists.every((list) => list.length === 0) ? null : lists;
  return {
    loss: objective.map(({ loss }) => describeLoss(loss)),
    lossWeights: isWeighted ? objective.map(({ lossWeight }) => lossWeight) : null,
    metrics: perOutput(objective.map(({ metrics }) => describeMetrics(metrics))),
    weightedMetrics: perOutput(objective.map(({ weightedMetrics }) => describeMetrics(weightedMetrics))),
  };
}

function describeLoss(loss: Loss | undefined): JsonValue {
  if (loss === undefined) return null;
  if (losses.has(loss.className)) {
    const config = { name: loss.name, reduction: reductionToKeras(loss.reduction), ...loss.config };
    return kerasObject("keras.losses", loss.className, config);
  }
  throw new KerasFileError(
    `the loss "${loss.name}" is none of Keras's, so that a file cannot hold it; use one of Keras's losses, ` +
      "or write the model alone: saveModel(model, { includeOptimizer: false })",
  );
}

function describeMetrics(list: readonly Metric[]): JsonValue[] {
  return list.filter(({ className }) => className !== "Custom").map(describeMetric);
}

/** A metric that goes by its name alone, such as "mae", or an object. */
function describeMetric(metric: Metric): JsonValue {
  const { name, className, config } = metric;
  // Keras chooses by the shapes what the name means; its class Accuracy is another metric, which counts equal numbers.
  if (className === "Accuracy") return metricRegistry.has(name) ? name : "accuracy";
  // The mean of a loss that Keras has no metric for goes by the loss's function.
  if (!metricRegistry.has(className)) return kerasFunction(toSnakeCase(className));
  return isKnownByName(metric) ? name : kerasObject("keras.metrics", className, { name, dtype: "float32", ...config });
}

/** Whether Keras makes the same of the name. Unlike ours, its names have one spelling. */
function isKnownByName({ name, className, config }: Metric): boolean {
  // Without a number of classes there is no such metric.
  if (!metricRegistry.names.includes(name) || "num_classes" in config) return false;
  const named = getMetric(name);
  return named.className === className && JSON.stringify(named.config) === JSON.stringify(config);
}

/** One of Keras's own functions, as it writes them. */
function kerasFunction(name: string): JsonValue {
  return { module: "builtins", class_name: "function", config: name, registered_name: "function" };
}

function listOrNull(list: JsonValue[]): JsonValue {
  return list.length === 0 ? null : list;
}

/**
 * What to compile the model with. Metrics that are not available here are left out: they change nothing of the model.
 *
 * @param outputs the names of the model's outputs.
 * @throws KerasFileError when a loss is unknown, or an output.
 */
export function objectiveFromConfig(
  { loss, lossWeights = null, metrics = null, weightedMetrics = null }: ObjectiveDescription,
  outputs: readonly string[],
): ObjectiveOptions {
  const weights = perOutput(lossWeights, outputs, "loss weights");
  const metricsOf = (given: JsonValue, what: string): (string | Metric)[][] => {
    // The only output's metrics may stand alone.
    const isFlat = outputs.length === 1 && isList(given) && !given.some(isList);
    const lists = isFlat ? [given] : perOutput(given, outputs, what);
    return lists.map((list) => [list ?? []].flat().flatMap((metric) => metricFromConfig(metric) ?? []));
  };
  return {
    loss: perOutput(loss, outputs, "losses").map((each) => (each === null ? undefined : lossFromConfig(each))),
    lossWeights: weights.map((weight) => (weight === null ? 1 : numberOf(weight))),
    metrics: metricsOf(metrics, "metrics"),
    weightedMetrics: metricsOf(weightedMetrics, "weighted metrics"),
  };
}

/** The values for each output: of one for all, a list, or by name. */
function perOutput(value: JsonValue, outputs: readonly string[], what: string): readonly JsonValue[] {
  if (isConfig(value) && value["class_name"] === undefined) {
    const unknown = Object.keys(value).find((name) => !outputs.includes(name));
    if (unknown === undefined) return outputs.map((name) => value[name] ?? null);
    throw new KerasFileError(`the ${what} of the model name "${unknown}"; its outputs are ${outputs.join(", ")}`);
  }
  if (!isList(value)) return outputs.map(() => value);
  if (value.length === outputs.length) return value;
  throw new KerasFileError(
    `the model has ${outputs.length} outputs, ${outputs.join(", ")}, and ${value.length} ${what}`,
  );
}

/** @throws KerasFileError when there is none of that name. */
function lossFromConfig(value: JsonValue): Loss {
  const { className, config } = nameOrObject(value, "the loss");
  try {
    return losses.fromConfig(new ConfigReader(className, config));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new KerasFileError(`${error.message}. To load the model alone: loadModel(bytes, { compile: false })`, {
      cause: error,
    });
  }
}

/** Undefined where there is none of that name, or it is set in a way that is not available. */
function metricFromConfig(value: JsonValue): Metric | string | undefined {
  if (value === null) return undefined;
  const { className, config } = nameOrObject(value, "a metric");
  if (typeof value === "string" || Object.keys(config).length === 0) {
    return metricRegistry.has(className) || losses.has(className) ? className : undefined;
  }
  // What we call accuracy is not Keras's class of that name.
  if (className === "Accuracy" || !metricRegistry.has(className)) return undefined;
  try {
    const metric = metricRegistry.fromConfig(new ConfigReader(className, config));
    const name = config["name"];
    return typeof name === "string" ? { ...metric, name } : metric;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Keras writes a name, a function by its name, or an object. */
function nameOrObject(value: JsonValue, what: string): ObjectDescription {
  if (typeof value === "string") return { className: value, config: {} };
  const name = isConfig(value) && value["class_name"] === "function" ? value["config"] : undefined;
  return typeof name === "string" ? { className: name, config: {} } : objectOf(value, what);
}

function numberOf(value: JsonValue): number {
  if (typeof value === "number") return value;
  throw unexpected("the weight of a loss", "a number", value);
}

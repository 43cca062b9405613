/** `model_config` of Keras 1 and 2 in the form that Keras 3 writes into `config.json`. */
import type { JsonValue, KerasConfig } from "../../../nn/keras-object.ts";
import { configOf, isConfig, isList, stringOf } from "../json-reading.ts";
import { KerasFileError } from "../keras-file-error.ts";

/** Models inside models: deeper than any that makes sense, shallow enough for the call stack. */
const MAX_DEPTH = 64;

/** @throws KerasFileError when it is no description of a model. */
export function modernConfig(value: JsonValue): KerasConfig {
  return modernLayer(value, 0);
}

function modernLayer(value: JsonValue, depth: number): KerasConfig {
  if (depth > MAX_DEPTH) throw new KerasFileError(`model_config nests models over ${MAX_DEPTH} deep`);
  const object = configOf(value, "a layer");
  const className = stringOf(object["class_name"], "the class of a layer");
  const given = object["config"] ?? null;
  if (className === "Sequential") return { ...object, config: modernSequential(given, depth) };
  const config = configOf(given, `the configuration of a ${className}`);
  if (className === "Model" || className === "Functional") {
    return {
      ...object,
      class_name: "Functional",
      config: { ...config, layers: modernLayers(config["layers"], depth) },
    };
  }
  return { ...object, config: modernSettings(className, config) };
}

/** Before 2.3, a sequential model was the list of its layers; its input, what the first one said of it. */
function modernSequential(given: JsonValue, depth: number): KerasConfig {
  const config: KerasConfig = isList(given) ? { name: "sequential", layers: given } : configOf(given, "a model");
  const layers = modernLayers(config["layers"], depth);
  const [first] = isList(config["layers"]) ? config["layers"] : [];
  const settings = isConfig(first) && isConfig(first["config"]) ? first["config"] : {};
  const shape = settings["batch_input_shape"] ?? config["build_input_shape"];
  const hasInput = layers[0]?.["class_name"] === "InputLayer";
  if (hasInput || !isList(shape)) return { ...config, layers };
  const input = { name: `${stringOf(config["name"], "the name of a model")}_input`, batch_shape: shape };
  return { ...config, layers: [{ class_name: "InputLayer", config: input }, ...layers] };
}

function modernLayers(layers: JsonValue | undefined, depth: number): readonly KerasConfig[] {
  return isList(layers) ? layers.map((layer) => modernLayer(layer, depth + 1)) : [];
}

function modernSettings(className: string, config: KerasConfig): KerasConfig {
  const { batch_input_shape: shape, axis, ...rest } = config;
  const settings: Record<string, JsonValue> = { ...rest };
  if (className === "InputLayer" && shape !== undefined) settings["batch_shape"] = shape;
  // Batch normalization once had a list of its axis.
  if (axis !== undefined) settings["axis"] = isList(axis) && axis.length === 1 ? (axis[0] as JsonValue) : axis;
  return settings;
}

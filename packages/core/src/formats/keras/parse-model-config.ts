/** `config.json` back into the description of a model: the inverse of `modelConfig`. */
import type { JsonValue, KerasConfig } from "../../nn/keras-object.ts";
import { arrayOf, configOf, indexOf, stringOf, unexpected } from "./json-reading.ts";
import { KerasFileError } from "./keras-file-error.ts";
import type {
  FunctionalDescription,
  InputTensor,
  LayerDescription,
  ModelDescription,
  PlacedLayer,
  SequentialDescription,
  TensorSource,
} from "./model-description.ts";
import { isModel } from "./model-description.ts";

/** Models inside models: deeper than any that makes sense, shallow enough for the call stack. */
const MAX_DEPTH = 64;

/** Arguments of a call that say nothing when they are null or false. */
const IDLE_ARGUMENTS: ReadonlySet<string> = new Set(["mask", "training"]);

/**
 * The model that a `config.json` describes. Its layers' settings stay in Keras's spelling and are not judged here.
 *
 * @throws KerasFileError when it is no sequential or functional model, or does not hold together.
 */
export function parseModelConfig(config: KerasConfig): ModelDescription {
  const model = parseLayer(config, "the model", 0);
  if (isModel(model)) return model;
  throw new KerasFileError(
    `config.json describes a ${model.className}; expected a Functional or a Sequential model. ` +
      "Models of a class of one's own hold no description that another program could read",
  );
}

function parseLayer(value: JsonValue, what: string, depth: number): LayerDescription | ModelDescription {
  if (depth > MAX_DEPTH) throw new KerasFileError(`config.json nests models over ${MAX_DEPTH} deep`);
  const object = configOf(value, what);
  const className = stringOf(object["class_name"], `the class of ${what}`);
  const config = configOf(object["config"], `the configuration of ${what}`);
  const name = stringOf(object["name"] ?? config["name"], `the name of ${what}`);
  if (className === "Sequential") return parseSequential(config, name, depth);
  if (className === "Functional") return parseFunctional(config, name, depth);
  return { className, name, config };
}

function parseSequential(config: KerasConfig, name: string, depth: number): SequentialDescription {
  const layers = arrayOf(config["layers"], `the layers of "${name}"`);
  return {
    className: "Sequential",
    name,
    trainable: config["trainable"] !== false,
    layers: layers.map((layer, index) => parseLayer(layer, `layer ${index} of "${name}"`, depth + 1)),
  };
}

function parseFunctional(config: KerasConfig, name: string, depth: number): FunctionalDescription {
  const layers = arrayOf(config["layers"], `the layers of "${name}"`).map((value, index): PlacedLayer => {
    const what = `layer ${index} of "${name}"`;
    const layer = parseLayer(value, what, depth + 1);
    const nodes = arrayOf(configOf(value, what)["inbound_nodes"], `the calls of "${layer.name}"`);
    return { layer, calls: nodes.map((node) => parseCall(node, layer.name)) };
  });
  const byName = new Map(layers.map((placed) => [placed.layer.name, placed]));
  if (byName.size < layers.length) throw new KerasFileError(`two layers of the model "${name}" have the same name`);
  for (const { layer, calls } of layers) {
    for (const source of calls.flat()) checkSource(source, byName, `the layer "${layer.name}"`);
  }
  return {
    className: "Functional",
    name,
    trainable: config["trainable"] !== false,
    layers,
    inputs: parseEnds(config["input_layers"], `the inputs of "${name}"`, byName),
    outputs: parseEnds(config["output_layers"], `the outputs of "${name}"`, byName),
  };
}

/** A call is written with its arguments: one tensor, or one list of tensors. */
function parseCall(node: JsonValue, layer: string): readonly InputTensor[] {
  const what = `a call of the layer "${layer}"`;
  const { args, kwargs } = configOf(node, what);
  for (const [key, value] of Object.entries(configOf(kwargs, `the named arguments of ${what}`))) {
    if (IDLE_ARGUMENTS.has(key) && (value === null || value === false)) continue;
    throw new KerasFileError(`${what} passes "${key}"; calls with inputs alone can be read`);
  }
  const positional = arrayOf(args, `the arguments of ${what}`);
  const [first] = positional;
  if (positional.length !== 1 || first === undefined) throw unexpected(`the arguments of ${what}`, "one", positional);
  return (Array.isArray(first) ? arrayOf(first, what) : [first]).map((tensor) => parseTensor(tensor, what));
}

function parseTensor(value: JsonValue, what: string): InputTensor {
  const input = `an input of ${what}`;
  const config = configOf(configOf(value, input)["config"], input);
  return {
    ...parseSource(config["keras_history"], `the origin of ${input}`),
    shape: sampleShape(config["shape"], `the shape of ${input}`),
  };
}

function parseSource(value: JsonValue | undefined, what: string): TensorSource {
  const [layer, call, output] = arrayOf(value, what);
  return { layer: stringOf(layer, what), call: indexOf(call, what), output: indexOf(output, what) };
}

/** The shape without the batch axis, which stands first as null. */
function sampleShape(value: JsonValue | undefined, what: string): readonly number[] {
  return arrayOf(value, what)
    .slice(1)
    .map((dim) => indexOf(dim, what));
}

/** One tensor, or a list of them. Only here are the calls of a functional model counted from 1. */
function parseEnds(
  value: JsonValue | undefined,
  what: string,
  layers: ReadonlyMap<string, PlacedLayer>,
): readonly TensorSource[] {
  const written = arrayOf(value, what);
  const sources = typeof written[0] === "string" ? [written] : written;
  return sources.map((end) => {
    const source = parseSource(end, what);
    const isFunctional = layers.get(source.layer)?.layer.className === "Functional";
    const counted = isFunctional ? { ...source, call: source.call - 1 } : source;
    checkSource(counted, layers, what);
    return counted;
  });
}

function checkSource({ layer, call }: TensorSource, layers: ReadonlyMap<string, PlacedLayer>, what: string): void {
  const placed = layers.get(layer);
  if (placed === undefined) {
    throw new KerasFileError(`${what} uses the layer "${layer}", which is not among ${[...layers.keys()].join(", ")}`);
  }
  // An input gives its tensor without being called.
  const count = placed.layer.className === "InputLayer" ? 1 : placed.calls.length;
  if (call < 0 || call >= count) {
    throw new KerasFileError(`${what} uses call ${call} of the layer "${layer}", which is called ${count} times`);
  }
}

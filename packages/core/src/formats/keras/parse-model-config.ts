/** `config.json` back into the description of a model: the inverse of `modelConfig`. */
import type { JsonValue, KerasConfig } from "../../nn/keras-object.ts";
import { arrayOf, configOf, indexOf, isConfig, isList, stringOf, unexpected } from "./json-reading.ts";
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

/** Keras's operations on tensors, `x + y`, that are layers of the same names here. They pass their operands one by one. */
const OPERATIONS: ReadonlySet<string> = new Set(["Add", "Maximum", "Minimum", "Multiply", "Subtract"]);

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
  const written = arrayOf(config["layers"], `the layers of "${name}"`).map((value, index): PlacedLayer => {
    const what = `layer ${index} of "${name}"`;
    const layer = parseLayer(value, what, depth + 1);
    const nodes = arrayOf(configOf(value, what)["inbound_nodes"], `the calls of "${layer.name}"`);
    return { layer, calls: nodes.map((node) => parseCall(node, layer)) };
  });
  const layers = countFromZero(written);
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

/**
 * Calls of models within are counted from 1 in older files, because such a model begins with a call of its own: where a call
 * beyond the last is meant, all counts are one too high.
 */
function countFromZero(layers: readonly PlacedLayer[]): readonly PlacedLayer[] {
  const fromOne = new Set(
    layers
      .filter(({ layer, calls }) => {
        const isBeyond = (source: TensorSource): boolean => source.layer === layer.name && source.call >= calls.length;
        return isModel(layer) && layers.some((other) => other.calls.some((call) => call.some(isBeyond)));
      })
      .map(({ layer }) => layer.name),
  );
  if (fromOne.size === 0) return layers;
  const counted = (input: InputTensor): InputTensor =>
    fromOne.has(input.layer) ? { ...input, call: input.call - 1 } : input;
  return layers.map(({ layer, calls }) => ({ layer, calls: calls.map((call) => call.map(counted)) }));
}

/** A call is written with its arguments: one tensor, or one list of tensors. Older files list the tensors alone. */
function parseCall(node: JsonValue, { name, className }: LayerDescription | ModelDescription): readonly InputTensor[] {
  const what = `a call of the layer "${name}"`;
  if (isList(node)) return parseOlderCall(node, what);
  const { args, kwargs } = configOf(node, what);
  checkIdle(kwargs, what);
  const positional = arrayOf(args, `the arguments of ${what}`);
  if (OPERATIONS.has(className) && positional.length > 1) return parseOperands(positional, what);
  const [first] = positional;
  if (positional.length !== 1 || first === undefined) throw unexpected(`the arguments of ${what}`, "one", positional);
  return (isList(first) ? first : [first]).map((tensor) => parseTensor(tensor, what));
}

/** Numbers beside tensors, and tensors with other numbers of axes, no layer takes as Keras's operations do. */
function parseOperands(operands: readonly JsonValue[], what: string): readonly InputTensor[] {
  const tensors = operands.map((operand) => parseTensor(operand, what));
  if (new Set(tensors.map(({ shape }) => shape.length)).size === 1) return tensors;
  throw new KerasFileError(`${what} joins tensors with other numbers of axes; reshape them to the same number before`);
}

/** `[["image", 0, 0, {}]]`: layer, call, output and named arguments. Shapes do not stand there, and nothing needs them. */
function parseOlderCall(tensors: readonly JsonValue[], what: string): readonly InputTensor[] {
  return tensors.map((tensor) => {
    const [, , , kwargs] = arrayOf(tensor, `an input of ${what}`);
    if (kwargs !== undefined) checkIdle(kwargs, what);
    return { ...parseSource(tensor, `the origin of an input of ${what}`), shape: [] };
  });
}

/** Of several inputs Keras may name a mask for each, none of which is there. */
function isIdle(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.every((item) => item === null);
  return value === null || value === false;
}

function checkIdle(kwargs: JsonValue | undefined, what: string): void {
  for (const [key, value] of Object.entries(configOf(kwargs, `the named arguments of ${what}`))) {
    if (IDLE_ARGUMENTS.has(key) && isIdle(value)) continue;
    throw new KerasFileError(`${what} passes "${key}"; calls with inputs alone can be read`);
  }
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

/** One tensor, a list of them, or names for them. Here the calls of a functional model are counted from 1 in newer files, too. */
function parseEnds(
  value: JsonValue | undefined,
  what: string,
  layers: ReadonlyMap<string, PlacedLayer>,
): readonly TensorSource[] {
  const written = isConfig(value) ? Object.values(value) : arrayOf(value, what);
  const sources = typeof written[0] === "string" ? [written] : written;
  return sources.map((end) => {
    const source = parseSource(end, what);
    const placed = layers.get(source.layer);
    const isFromOne =
      placed !== undefined &&
      isModel(placed.layer) &&
      (placed.layer.className === "Functional" || source.call >= placed.calls.length);
    const counted = isFromOne ? { ...source, call: source.call - 1 } : source;
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

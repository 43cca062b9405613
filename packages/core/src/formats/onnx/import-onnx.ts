import { GraphError } from "../../graph/error.ts";
import type { SymbolicTensor } from "../../nn/layers/layer.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { decodeModel } from "./decode-model.ts";
import { axesOfInput } from "./import/choose-axes.ts";
import { ImportState } from "./import/import-state.ts";
import { OperatorContext } from "./import/operator-context.ts";
import { importNode } from "./import/operator-registry.ts";
import type { FlowValue } from "./import/values.ts";
import { OnnxFileError } from "./onnx-file-error.ts";
import type { OnnxNode, OnnxValue } from "./onnx-graph.ts";

/**
 * The model of an ONNX file, whoever wrote it: feed-forward networks on images or features, made of our own layers, which
 * can be trained further. Images have their channels last here, whatever order the file has: [height, width, channels].
 *
 * @throws OnnxFileError when the file is damaged, or holds what no layer computes: it names the node.
 * @example
 * const classifier = importOnnx(await readFile("mobilenet.onnx"));
 * const scores = await classifier.predict(images);
 */
export function importOnnx(bytes: Uint8Array): Model {
  const state = new ImportState(decodeModel(bytes));
  const { graph } = state;
  const inputs = explained(() => graph.inputs.map((value) => defineInput(value, state)));
  const isConstant = ({ opType }: OnnxNode): boolean => opType === "Constant";
  // Constants come first, so that what follows a node can be looked at.
  for (const node of [...graph.nodes.filter(isConstant), ...graph.nodes.filter((other) => !isConstant(other))]) {
    // Some nodes are part of the layer of another.
    const [output = ""] = node.outputs;
    if (state.value(output) !== undefined) continue;
    const context = new OperatorContext(node, state);
    state.define(
      output,
      explained(() => importNode(context), `the node "${node.name}" (${node.opType}) cannot become a layer: `),
    );
  }
  const outputs = explained(() => graph.outputs.map(({ name }) => outputOf(name, state)));
  const name = graph.name.replaceAll(/[/\s]/gu, "_");
  return explained(() => model(inputs, outputs, name === "" ? {} : { name }));
}

/** What layers and graphs refuse, they refuse because of the file. */
function explained<T>(action: () => T, where = "the model cannot be built: "): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof GraphError || error instanceof RangeError)) throw error;
    throw new OnnxFileError(`${where}${error.message}`, { cause: error });
  }
}

function defineInput({ name, dims }: OnnxValue, state: ImportState): SymbolicTensor {
  const [, ...sizes] = dims ?? [];
  if (dims === undefined || sizes.includes(undefined)) {
    const came = dims?.map((size) => size ?? "?").join(", ") ?? "?";
    throw new OnnxFileError(
      `the input "${name}" has the sizes [${came}]; all but the first, the batch, must be known. ` +
        "Export the model for samples of one size",
    );
  }
  const axes = axesOfInput(name, sizes.length, state);
  const shape = axes.map((axis) => sizes[axis - 1] as number);
  const tensor = input(shape, { name: state.layerName(name) });
  state.define(name, { kind: "flow", tensor, axes });
  return tensor;
}

/** A tensor that leaves the model: images have their channels last, unless the model takes its inputs as the file has them. */
function outputOf(name: string, state: ImportState): SymbolicTensor {
  const value = state.value(name);
  if (value === undefined || value.kind === "fixed") {
    throw new OnnxFileError(`the output "${name}" does not depend on the input; a model needs outputs that do`);
  }
  const flow: FlowValue = value.kind === "flattened" ? state.flattened(value) : value;
  const rank = flow.axes.length;
  const channelsLast = flow.axes.map((_, index) => ((index + 1) % rank) + 1);
  const isImage =
    flow.axes.join() === channelsLast.join() && !state.graph.inputs.some((input) => isInOrder(input, state));
  return isImage
    ? flow.tensor
    : state.arranged(
        flow,
        flow.axes.toSorted((a, b) => a - b),
      );
}

/** Whether an input has several axes, in the file's own order. */
function isInOrder({ name }: OnnxValue, state: ImportState): boolean {
  const value = state.value(name);
  return value?.kind === "flow" && value.axes.length > 1 && value.axes.every((axis, index) => axis === index + 1);
}

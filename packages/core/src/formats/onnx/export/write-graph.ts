/** From a model to a graph of ONNX operators, each written by the rule of its op or by a template. */
import { GraphError } from "../../../graph/error.ts";
import { topologicalOrder } from "../../../graph/node.ts";
import type { Node } from "../../../graph/node.ts";
import { formatType } from "../../../graph/tensor-type.ts";
import { leafName } from "../../../ops/leaf.ts";
import { constantsOf } from "../../../nn/constant-tensor.ts";
import type { Model } from "../../../nn/model/model.ts";
import { namedVariables } from "../../variable-names.ts";
import { OnnxFileError } from "../onnx-file-error.ts";
import type { OnnxGraph } from "../onnx-graph.ts";
import { GraphWriter } from "./graph-writer.ts";
import { layerOperator } from "./layer-operators.ts";
import { lowerByLayer } from "./lower-by-layer.ts";
import type { LoweredModel } from "./lower-by-layer.ts";
import { recognizeOperator } from "./operator-templates.ts";
import type { RecognizedOperator } from "./recognized-operator.ts";
import { SharedValues } from "./shared-values.ts";

/**
 * The graph of a model as it predicts. As the rules of the ops have it, transposes stand around each convolution; weights
 * have their variables' names.
 *
 * @throws OnnxFileError when an op cannot be written; it names the layer.
 */
export function writeGraph(model: Model, opset: number): OnnxGraph {
  const lowered = lowerByLayer(model);
  const { inputs, outputs, layerOf } = lowered;
  const variables = namedVariables(model);
  const constants = constantsOf(outputs);
  const shared = new SharedValues(
    new Map([
      ...[...variables.values()].map((variable) => [variable.node, () => variable.source.read()] as const),
      ...constants.map(([node, values]) => [node, () => values] as const),
    ]),
  );
  const writer = new GraphWriter();
  const names = new Map<Node, string>();
  for (const node of inputs) names.set(node, writer.takeName(leafName(node)));
  const wanted = new Map<Node, string>(constants.map(([node]) => [node, leafName(node)]));
  for (const [name, { node }] of variables) wanted.set(node, name);

  const plan = planOperators(lowered, opset);
  for (const node of topologicalOrder(outputs)) {
    const operator = plan.get(node);
    if (operator === undefined || names.has(node)) continue;
    const layer = layerOf.get(node) ?? model.name;
    if (node.type.scope === "shared") {
      const name = wanted.get(node) ?? `${layer}/constant`;
      names.set(node, writer.constant({ dims: node.type.shape, data: shared.of(node) }, name));
    } else {
      names.set(node, writeNode(node, operator, writer, layer, names));
    }
  }
  return {
    name: model.name,
    opset,
    inputs: inputs.map((node) => ({ name: nameOf(names, node), dims: [undefined, ...node.type.shape] })),
    outputs: outputs.map((node) => ({ name: nameOf(names, node), dims: [undefined, ...node.type.shape] })),
    nodes: writer.nodes,
    constants: writer.constants,
  };
}

/** What is needed for the outputs: of each node, the operator that computes it if a layer or a template has one. */
function planOperators(
  { outputs, useOf }: LoweredModel,
  opset: number,
): ReadonlyMap<Node, RecognizedOperator | "rule"> {
  const plan = new Map<Node, RecognizedOperator | "rule">();
  const pending = [...outputs];
  while (pending.length > 0) {
    const node = pending.pop() as Node;
    if (plan.has(node)) continue;
    const isShared = node.type.scope === "shared";
    const use = useOf.get(node);
    const ofLayer = use && layerOperator(use, opset);
    const operator = isShared ? undefined : (ofLayer ?? recognizeOperator(node, opset));
    plan.set(node, operator ?? "rule");
    // What a shared node is computed of is not needed: it becomes a constant.
    if (operator !== undefined) pending.push(...operator.operands);
    else if (!isShared) pending.push(...node.inputs);
  }
  return plan;
}

function writeNode(
  node: Node,
  operator: RecognizedOperator | "rule",
  writer: GraphWriter,
  layer: string,
  names: ReadonlyMap<Node, string>,
): string {
  const { op, attributes, inputs, type } = node;
  const layerWriter = writer.forLayer(layer);
  if (operator !== "rule") {
    return operator.write(
      layerWriter,
      operator.operands.map((operand) => nameOf(names, operand)),
    );
  }
  if (typeof op.onnx !== "function") {
    throw new OnnxFileError(`layer "${layer}": ${op.name} cannot be written as ONNX: ${op.onnx.unsupported}`);
  }
  try {
    return op.onnx({
      ...layerWriter,
      inputs: inputs.map((input) => nameOf(names, input)),
      types: inputs.map((input) => input.type),
      attributes,
      type,
    });
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    throw new OnnxFileError(`layer "${layer}" cannot be written as ONNX: ${error.message}`, { cause: error });
  }
}

function nameOf(names: ReadonlyMap<Node, string>, node: Node): string {
  const name = names.get(node);
  if (name !== undefined) return name;
  throw new OnnxFileError(
    `the model depends on ${node.op.name}, ${formatType(node.type)}, which is none of its inputs`,
  );
}

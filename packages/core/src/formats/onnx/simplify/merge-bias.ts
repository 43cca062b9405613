/** A number added to every pixel of a channel is the bias of the convolution before. */
import type { OnnxNode, OnnxTensor } from "../onnx-graph.ts";
import type { GraphEditor } from "./graph-editor.ts";

/** Writes `Add(Conv(x, kernel), bias)` as `Conv(x, kernel, bias)`, where nothing else needs the sum's operand. */
export function mergeBias(graph: GraphEditor): void {
  const uses = graph.countUses();
  const convolutions = new Map(
    graph.nodes.flatMap((node) => (isBareConvolution(node) ? [[node.outputs[0] as string, node] as const] : [])),
  );
  const merged = new Set<OnnxNode>();
  const nodes = graph.nodes.map((node) => {
    const [image = "", biasName = ""] = node.opType === "Add" ? node.inputs : [];
    const convolution = uses.get(image) === 1 ? convolutions.get(image) : undefined;
    const bias = convolution && biasOf(graph.constant(biasName), countFilters(graph, convolution));
    if (convolution === undefined || bias === undefined) return node;
    merged.add(convolution);
    return {
      ...convolution,
      inputs: [...convolution.inputs, graph.variant(biasName, "bias", bias)],
      outputs: node.outputs,
    };
  });
  graph.nodes = nodes.filter((node) => !merged.has(node));
}

function isBareConvolution({ opType, inputs }: OnnxNode): boolean {
  return (opType === "Conv" || opType === "ConvTranspose") && inputs.length === 2;
}

/** Kernels are [filters, channels, …], those of transposed convolutions [channels, filters, …]. */
function countFilters(graph: GraphEditor, { opType, inputs }: OnnxNode): number | undefined {
  return graph.constant(inputs[1] ?? "")?.dims[opType === "Conv" ? 0 : 1];
}

/** A constant of one number for each channel, [1, channels, 1, 1], as a bias [channels]. */
function biasOf(tensor: OnnxTensor | undefined, channels: number | undefined): OnnxTensor | undefined {
  if (tensor === undefined || tensor.data.length !== channels) return undefined;
  const isPerChannel = channels === 1 || (tensor.dims.length > 1 && tensor.dims[1] === channels);
  return isPerChannel ? { dims: [channels], data: tensor.data } : undefined;
}

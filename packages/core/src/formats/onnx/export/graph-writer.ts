/** Collects the nodes and constants of a graph, and gives them names. */
import type { OnnxContext } from "../../../graph/op.ts";
import { UniqueNames } from "../../../nn/unique-names.ts";
import type { OnnxNode, OnnxTensor } from "../onnx-graph.ts";

/** Constants of rules up to this size are written once, whoever uses them. */
const SMALL = 8;

export class GraphWriter {
  readonly nodes: OnnxNode[] = [];
  readonly constants = new Map<string, OnnxTensor>();
  readonly #names = new UniqueNames();
  readonly #known = new Map<string, string>();

  /** A name that nothing else has: the one that is wanted, if it is free. */
  takeName(wanted: string): string {
    return this.#names.take(wanted);
  }

  /** Adds a constant and returns its name. */
  constant(tensor: OnnxTensor, wanted: string): string {
    const name = this.takeName(wanted);
    this.constants.set(name, tensor);
    return name;
  }

  /** Writes for one layer, after which everything is named: `conv2d/Relu`. */
  forLayer(layer: string): Pick<OnnxContext<unknown>, "node" | "constant"> {
    return {
      node: (opType, inputs, attributes = {}) => {
        const name = this.takeName(`${layer}/${opType}`);
        this.nodes.push({ name, opType, inputs, outputs: [name], attributes: new Map(Object.entries(attributes)) });
        return name;
      },
      constant: (data, dims) => this.#literal({ dims, data }, `${layer}/constant`),
    };
  }

  /** A constant that a rule brings along, such as axes. */
  #literal(tensor: OnnxTensor, wanted: string): string {
    const { dims, data } = tensor;
    if (data.length > SMALL) return this.constant(tensor, wanted);
    const key = `${data.constructor.name}[${dims.join()}]${data.join()}`;
    const name = this.#known.get(key) ?? this.constant(tensor, wanted);
    this.#known.set(key, name);
    return name;
  }
}
